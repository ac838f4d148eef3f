"""What readers said of an answer."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class ContentFeedback(Base):
    """One press of a button below one version of an answer.

    `who` is a keyed hash of chat and answer (`referral/feedback/person.py`): it counts a person once and joins nothing.
    The janitor forgets it after a month.
    """

    __tablename__ = "content_feedback"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    intent: Mapped[str] = mapped_column(String(60), index=True)
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[str] = mapped_column(String(16))
    helpful: Mapped[bool]
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    who: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
