"""The thread of a case: messages of both sides, sealed to the case."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, Date, Enum, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import Direction
from referral.models.base import Base, SealedBlob


class CaseMessage(Base):
    """One message. Those of the person carry the bot's signature, those of staff their author's."""

    __tablename__ = "case_message"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), index=True)
    direction: Mapped[Direction] = mapped_column(Enum(Direction, native_enum=False, length=20))
    seq: Mapped[int] = mapped_column(BigInteger)
    message_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[dt.date] = mapped_column(Date)
