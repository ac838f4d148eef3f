"""Content-free messages to staff who are on call."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.enums import OutboxState
from referral.models.base import Base, UtcTime


class StaffAlert(Base):
    """One message on its way: its kind says which of our fixed texts; nothing of a case is in it."""

    __tablename__ = "staff_alert"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    staff_route_id: Mapped[UUID] = mapped_column(ForeignKey("staff_route.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(200))
    state: Mapped[OutboxState] = mapped_column(Enum(OutboxState, native_enum=False, length=20), index=True)
    attempts: Mapped[int]
    next_try: Mapped[dt.datetime] = mapped_column(UtcTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcTime)
