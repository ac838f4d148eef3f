"""What a person chose and told, and what staff note, sealed to the case."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.models.base import Base, SealedBlob


class CaseField(Base):
    """One sealed and signed value: an answer of the intake, the index record by which the queue is ordered, or a note.

    `staff_id` names the author of what staff wrote; without it the value is the bot's.
    """

    __tablename__ = "case_field"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[dt.date] = mapped_column(Date)
