"""What people asked and found no answer to."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.crypto.sealed import Sealed
from referral.enums import GapKind
from referral.models.base import Base, SealedBlob


class ContentGap(Base):
    """One question, already without names and numbers, sealed to the content key that the console alone holds.

    `intent` is the answer that did not help, None when there was none. `who` is a keyed hash of chat and month
    (`referral/feedback/person.py`).
    """

    __tablename__ = "content_gap"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[GapKind] = mapped_column(Enum(GapKind, native_enum=False, length=20))
    sealed: Mapped[Sealed] = mapped_column(SealedBlob)
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    who: Mapped[bytes] = mapped_column(LargeBinary)
    intent: Mapped[str | None] = mapped_column(String(60))
