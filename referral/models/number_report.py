"""Reports that a phone number does not work."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class NumberReport(Base):
    """One person's report of one number, open until an editor has looked at it.

    `intent` is the answer that showed the number, None when it was another message. `who` is a keyed hash of chat and
    number (`referral/feedback/person.py`); once the report is handled the janitor forgets it after a month.
    """

    __tablename__ = "number_report"
    __table_args__ = (UniqueConstraint("who", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(String(60), index=True)
    language: Mapped[str] = mapped_column(String(8))
    intent: Mapped[str | None] = mapped_column(String(60))
    day: Mapped[dt.date] = mapped_column(Date)
    who: Mapped[bytes | None] = mapped_column(LargeBinary)
    handled_day: Mapped[dt.date | None] = mapped_column(Date, index=True)
    handled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
