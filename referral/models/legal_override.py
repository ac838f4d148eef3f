"""Sharing without consent: who decided it and on which legal basis. The person sees it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import LegalBasis
from referral.models.base import Base, SealedBlob


class LegalOverride(Base):
    """One decision to share without consent; the reason in words is sealed to the case and signed by its author."""

    __tablename__ = "legal_override"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    recipient: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(80))
    basis: Mapped[LegalBasis] = mapped_column(Enum(LegalBasis, native_enum=False, length=40))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
