"""Questions for consent that a caseworker puts to the person."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import ConsentAnswer
from referral.models.base import Base, SealedBlob


class ConsentRequest(Base):
    """One question: may this recipient receive this for this purpose? What exactly is sealed to the case."""

    __tablename__ = "consent_request"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    recipient: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(80))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    asked_day: Mapped[dt.date] = mapped_column(Date)
    expires_day: Mapped[dt.date] = mapped_column(Date)
    answer: Mapped[ConsentAnswer | None] = mapped_column(Enum(ConsentAnswer, native_enum=False, length=20))
    answered_day: Mapped[dt.date | None] = mapped_column(Date)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
