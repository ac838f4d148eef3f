"""The way to the chat of a member of staff who is on call."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class StaffRoute(Base):
    """One encrypted way to a colleague's chat; like a person's, it opens with the gateway's keys only."""

    __tablename__ = "staff_route"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), unique=True)
    route_tag: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    route_box: Mapped[bytes] = mapped_column(LargeBinary)
    created_day: Mapped[dt.date] = mapped_column(Date)
