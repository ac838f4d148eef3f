"""What one role may do with one table."""

from dataclasses import dataclass

ALL = ("*",)  # every column, also one that is added later


@dataclass(frozen=True)
class Right:
    """The commands and columns that a role is given, and the rows that it is given them for.

    `rows` says which rows are there for the role at all: it sees, changes and deletes no other. `insert` says what a
    new row must be, `changed` what a changed row must be, `deleted` which may be deleted (without them: one of `rows`).
    All are SQL conditions in which `{table}` is the table.
    """

    rows: str
    select: tuple[str, ...] = ()
    insert: str | None = None
    update: tuple[str, ...] = ()
    changed: str | None = None
    delete: bool = False
    deleted: str | None = None
