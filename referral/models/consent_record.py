"""Consents: to whom, for what, in which wording."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, Date, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import ConsentScope
from referral.models.base import Base, SealedBlob


class ConsentRecord(Base):
    """One consent to one recipient for one purpose.

    Language, minute, the hash of the words, what is shared and what is withheld are sealed. `scope` says whose consent
    it is; `staff_id` names who wrote down a consent that was given by voice.
    """

    __tablename__ = "consent_record"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    wording_version: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(80))
    given_day: Mapped[dt.date] = mapped_column(Date)
    expires_day: Mapped[dt.date] = mapped_column(Date)
    withdrawn_day: Mapped[dt.date | None] = mapped_column(Date)
    scope: Mapped[ConsentScope] = mapped_column(Enum(ConsentScope, native_enum=False, length=20))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
