"""Cases: only what must be readable without a key."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.enums import ReferralStatus
from referral.models.base import Base


class CaseRecord(Base):
    """One case. Topic, language and urgency are sealed; in clear are organisation, state and days.

    `binding` is the bot's signature over the keys that stand here: nobody who can only write here can exchange one.
    """

    __tablename__ = "case_record"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "epoch"], ["organisation_key.organisation_id", "organisation_key.epoch"]
        ),
    )

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    epoch: Mapped[int]
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    submission_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    code_tag: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    reply_public_key: Mapped[bytes] = mapped_column(LargeBinary)
    binding: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[ReferralStatus] = mapped_column(Enum(ReferralStatus, native_enum=False, length=20), index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    created_day: Mapped[dt.date] = mapped_column(Date)
    last_activity_day: Mapped[dt.date] = mapped_column(Date)
    purge_day: Mapped[dt.date | None] = mapped_column(Date, index=True)
