"""Replies that wait under a person's code."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.models.base import Base, SealedBlob


class PullReplyRow(Base):
    """One reply, sealed to the key that only the code gives."""

    __tablename__ = "pull_reply"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("case_message.id"), unique=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    read_day: Mapped[dt.date | None] = mapped_column(Date)
