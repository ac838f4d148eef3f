"""Ways back to chats, for those who chose that the bot may write to them."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class RouteRow(Base):
    """One encrypted route; tag and box are readable with the gateway's keys only."""

    __tablename__ = "route"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_record.case_id"), unique=True)
    route_tag: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    route_box: Mapped[bytes] = mapped_column(LargeBinary)
    expires_day: Mapped[dt.date | None] = mapped_column(Date)
