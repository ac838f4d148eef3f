"""Why a case is not erased on its day, and until when."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.enums import HoldReason
from referral.models.base import Base


class CaseHold(Base):
    """One hold; it ends by itself. The reason is a word of a list, so that no story stands in clear."""

    __tablename__ = "case_hold"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    reason: Mapped[HoldReason] = mapped_column(Enum(HoldReason, native_enum=False, length=40))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    placed_day: Mapped[dt.date] = mapped_column(Date)
    until_day: Mapped[dt.date] = mapped_column(Date)
    lifted_day: Mapped[dt.date | None] = mapped_column(Date)
