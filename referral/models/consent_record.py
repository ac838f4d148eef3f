"""Consents: to whom, for what, in which wording."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.models.base import Base, SealedBlob


class ConsentRecord(Base):
    """One consent; language, minute and the hash of the words are sealed."""

    __tablename__ = "consent_record"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    seq: Mapped[int]
    wording_version: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(80))
    given_day: Mapped[dt.date] = mapped_column(Date)
    withdrawn_day: Mapped[dt.date | None] = mapped_column(Date)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
