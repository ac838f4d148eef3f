"""Organisations, their keys by epoch, and who of the staff holds them."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.models.base import Base, SealedBlob


class Organisation(Base):
    """An organisation whose caseworkers take referrals, and within how many hours it wants to answer."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    demo: Mapped[bool]
    hours_danger: Mapped[int]
    hours_concern: Mapped[int]
    hours_normal: Mapped[int]
    created_day: Mapped[dt.date] = mapped_column(Date)


class OrganisationKey(Base):
    """The public half of an organisation's key in one epoch, and the key that checks what is signed with it."""

    __tablename__ = "organisation_key"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    verify_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_day: Mapped[dt.date] = mapped_column(Date)
    retired_day: Mapped[dt.date | None] = mapped_column(Date)


class OrganisationKeyGrant(Base):
    """The private half of an organisation's key, sealed to one member of staff."""

    __tablename__ = "organisation_key_grant"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    sealed_key: Mapped[Sealed] = mapped_column(SealedBlob)


class EscrowShare(Base):
    """The private half of an organisation's key, sealed to a pair of custodians: neither opens it alone."""

    __tablename__ = "escrow_share"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    pair: Mapped[str] = mapped_column(String(2), primary_key=True)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
