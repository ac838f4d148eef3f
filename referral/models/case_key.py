"""The private half of a case's key, sealed to the organisation or to one member of staff."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.models.base import Base, SealedBlob


class CaseKey(Base):
    """One holder's copy of a case key.

    `holder_id` is an organisation's id, then with the epoch of its key, or a staff member's; `organisation_id` is the
    organisation in either case.
    """

    __tablename__ = "case_key"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), primary_key=True)
    holder_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    epoch: Mapped[int | None]
    sealed_key: Mapped[Sealed] = mapped_column(SealedBlob)
