"""Until when somebody must have answered a case."""

import datetime as dt
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, UtcTime


class CaseDeadline(Base):
    """One case that waits for its first answer; the row goes with the answer.

    It stands in clear, because the janitor, who holds no key, must be able to remind (docs/adr/0006).
    """

    __tablename__ = "case_deadline"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    respond_by: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    escalated_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
