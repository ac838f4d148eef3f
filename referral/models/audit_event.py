"""The audit log: append-only, each entry chained to the one before it."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class AuditEvent(Base):
    """One entry. `body` is canonical JSON: moment, actor, role, act, object; no personal data."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    object_id: Mapped[str | None] = mapped_column(Text, index=True)
