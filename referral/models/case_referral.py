"""Sharing a case with another organisation or a service provider, as in Primero: the states of a transition."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import SharingKind, SharingStatus
from referral.models.base import Base, SealedBlob


class CaseReferral(Base):
    """One referral or transfer. To an organisation in this system, or to a provider of the directory without it.

    Note and answer are sealed to the case and signed by their authors.
    """

    __tablename__ = "case_referral"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    kind: Mapped[SharingKind] = mapped_column(Enum(SharingKind, native_enum=False, length=20))
    from_organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[SharingStatus] = mapped_column(Enum(SharingStatus, native_enum=False, length=20), index=True)
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent_record.id"))
    override_id: Mapped[UUID | None] = mapped_column(ForeignKey("legal_override.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    created_day: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_day: Mapped[dt.date | None] = mapped_column(Date)
    answer_sealed: Mapped[Sealed | None] = mapped_column(SealedBlob)
    answer_signature: Mapped[bytes | None] = mapped_column(LargeBinary)
