"""docs/htcds.md: what of the standard is filled, by whom, and what is left out on purpose."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

from referral.htcds.collection import FilledBy, collected, items
from referral.htcds.ctdc import NO_SOURCE
from referral.htcds.data_files import DATA
from referral.htcds.spellings import TOOLKITS, field_aliases, toolkit
from referral.htcds.table import Field, Table, load_table

PAGE_FILE = Path(__file__).resolve().parents[2] / "docs" / "htcds.md"
WORDS = {
    FilledBy.BOT: "bot",
    FilledBy.RECORD: "the case's record",
    FilledBy.STAFF: "staff",
    FilledBy.NEVER: "**not collected, on purpose**",
}


def page() -> str:
    """Return docs/htcds.md."""
    table = load_table()
    parts = [
        _words("page_head.md", attribution=table.attribution),
        *_core(table),
        *_others(table),
        *_own(table),
        *_consent_items(),
        _formats(),
        *_ctdc(),
    ]
    return "\n".join(parts)


def coverage(table: Table) -> tuple[int, int]:
    """Return how many of the live core fields are filled, and how many there are."""
    core = [field for field in table.live() if field.core]
    return sum(collected()[field.name].by is not FilledBy.NEVER for field in core), len(core)


def _core(table: Table) -> Iterator[str]:
    filled, all_core = coverage(table)
    yield f"## Core fields: {filled} of {all_core} filled\n"
    yield from _table(field for field in table.live() if field.core)
    yield "\nRetired in the standard, neither written nor read: " + ", ".join(
        f"`{field.name}`" for field in table.fields if field.deprecated
    )


def _others(table: Table) -> Iterator[str]:
    yield "\n## Other fields\n"
    yield from _table(f for f in table.live() if not f.core and not f.own and f.name in collected())
    yield "\nAn organisation's fields (`org_`) come along with the field that names it.\n"


def _table(fields: Iterable[Field]) -> Iterator[str]:
    yield from _head("field", "filled by", "why, or what to know")
    for field in fields:
        how = collected()[field.name]
        by = f"{WORDS[how.by]}, staff may correct" if how.staff else WORDS[how.by]
        yield _row(f"`{field.name}`", by, how.why or how.note)


def _own(table: Table) -> Iterator[str]:
    yield "## Fields of our own\n"
    yield "A reader that knows only the standard leaves them out. `x_CaseId` and `x_OrganisationId` join CSV files.\n"
    yield from _head("field", "filled by", "codes", "why")
    for field in table.live():
        if field.own:
            codes = ", ".join(f"`{code}`" for code in field.codes)
            yield _row(f"`{field.name}`", WORDS[collected()[field.name].by], codes, field.why or "")


def _consent_items() -> Iterator[str]:
    yield "\n## Items of a consent\n"
    yield "A consent shares or withholds these, or single fields. What is not shared stays out.\n"
    yield from _head("item", "what it is", "fields")
    for item, words in items().items():
        names = ", ".join(f"`{name}`" for name, how in collected().items() if how.item == item)
        yield _row(f"`{item}`", words, names)
    yield ""


def _formats() -> str:
    counts = {name: str(len(toolkit(name).columns)) for name in TOOLKITS}
    aliases = ", ".join(f"`{theirs}`" for theirs in sorted(field_aliases()))
    return _words("page_formats.md", aliases=aliases, **counts)


def _ctdc() -> Iterator[str]:
    yield from _head("column", "why there is none")
    for column, why in NO_SOURCE.items():
        yield _row(f"`{column}`", why)
    yield ""


def _words(name: str, **values: str) -> str:
    return Template((DATA / name).read_text(encoding="utf-8")).substitute(values)


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "|---" * len(cells) + "|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |".replace("  ", " ")
