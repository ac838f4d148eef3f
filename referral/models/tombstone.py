"""What remains of an erased case: that it was there and when it went."""

import datetime as dt

from sqlalchemy import Date, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class Tombstone(Base):
    """A hash of the case's id, the day and the reason; nothing of its content."""

    __tablename__ = "tombstone"

    case_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    erased_day: Mapped[dt.date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(40))
