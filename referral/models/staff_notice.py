"""What staff must be told; it says only that something is there."""

import datetime as dt
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, UtcTime


class StaffNotice(Base):
    """One content-free notice: a new case, a new message, a withdrawal."""

    __tablename__ = "staff_notice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    seen_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
