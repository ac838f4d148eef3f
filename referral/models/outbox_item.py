"""Replies on their way to Telegram."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import OutboxState
from referral.models.base import Base, SealedBlob, UtcTime


class OutboxRow(Base):
    """One reply, sealed to the gateway's relay key until it is sent; then only its state remains."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("case_message.id"), unique=True)
    route_id: Mapped[UUID] = mapped_column(ForeignKey("route.id"))
    kind: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[Sealed | None] = mapped_column(SealedBlob)
    state: Mapped[OutboxState] = mapped_column(Enum(OutboxState, native_enum=False, length=20), index=True)
    attempts: Mapped[int]
    next_try: Mapped[dt.datetime] = mapped_column(UtcTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcTime)
