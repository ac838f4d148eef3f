"""What all tables share: names of constraints, and columns that refuse what does not belong into them."""

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from referral.crypto.sealed import Sealed

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of the models. Keys are made by us and nothing has a server default, so that a role that may only
    insert needs no right to read back (security.md, trap 4)."""

    metadata = MetaData(naming_convention=NAMES)


class SealedBlob(TypeDecorator[Sealed]):
    """A column of sealed values; text or plain bytes are refused, and nothing is opened by reading."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Return the ciphertext; raise `TypeError` for anything that is not sealed."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"This column takes sealed values only, not {type(value).__name__}.")
        return value.blob

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        """Return the sealed value, still sealed."""
        return None if value is None else Sealed(bytes(value))


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, aware of UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return the moment in UTC; raise `ValueError` for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
