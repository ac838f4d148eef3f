"""Put a row into a table unless it is there already, with the right to insert and no other."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referral.db import is_postgresql
from referral.models import Base


def add_once(session: Session, model: type[Base], **values: Any) -> bool:
    """Insert a row; return False, and change nothing, when one of its unique values is there already."""
    insert = postgresql.insert(model) if is_postgresql(session) else sqlite.insert(model)
    done = session.execute(
        insert.values(**values).on_conflict_do_nothing(), execution_options={"preserve_rowcount": True}
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
