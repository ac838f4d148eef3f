"""One case as it is exported: only values that fit their fields can get in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from referral.htcds.errors import BadValue
from referral.htcds.table import REPEATED, SINGLE, Field, Kind, Section, load_table
from referral.htcds.values import ID, Value, parse


@dataclass(frozen=True, repr=False)
class Record:
    """The values of one section, by field name in the standard's order; a field without a value is not in it.

    Raise `BadValue` for a value that does not fit, and for a field that is not of this section or no longer in use.
    """

    section: Section
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        checked = {}
        for name in self.values:
            live_field(name, self.section)
        for entry in load_table().live(self.section):
            value = parse(entry, self.values.get(entry.name))
            if value is not None:
                checked[entry.name] = value
        object.__setattr__(self, "values", MappingProxyType(checked))

    def __bool__(self) -> bool:
        return bool(self.values)

    def __repr__(self) -> str:
        return f"Record({self.section})"

    def get(self, name: str) -> Value | None:
        """Return a field's value, or None."""
        value: Value | None = self.values.get(name)
        return value

    def text(self, name: str) -> str:
        """Return a text or a code, or nothing."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of a field with several."""
        value = self.get(name)
        return value if isinstance(value, tuple) else ()


def empty(section: Section) -> Record:
    """Return a record without values."""
    return Record(section)


def _none() -> Mapping[str, Record]:
    return {}


@dataclass(frozen=True, repr=False)
class HtcdsCase:
    """A case of the standard. The attributes are the sections; `organisations` has those that lookups name, by id.

    `perpetrator` tells what part others played; it is never about the person. Raise `BadValue` when a record is in
    the wrong place or empty, or when a lookup names an organisation that is not here.
    """

    case_id: str
    person: Record = field(default_factory=lambda: empty(Section.PERSON))
    victim: Record = field(default_factory=lambda: empty(Section.VICTIM))
    perpetrator: Record = field(default_factory=lambda: empty(Section.PERPETRATOR))
    case: Record = field(default_factory=lambda: empty(Section.CASE))
    referrals: tuple[Record, ...] = ()
    comments: tuple[Record, ...] = ()
    events: tuple[Record, ...] = ()
    support_plans: tuple[Record, ...] = ()
    consent: Record = field(default_factory=lambda: empty(Section.CONSENT))
    organisations: Mapping[str, Record] = field(default_factory=_none)

    def __post_init__(self) -> None:
        object.__setattr__(self, "organisations", MappingProxyType(dict(sorted(self.organisations.items()))))
        for name in (self.case_id, *self.organisations):
            if ID.fullmatch(name) is None:
                raise BadValue("id", "this is not an id.", "Use up to 64 letters, digits, dots, dashes or underscores.")
        for section, record in self.records():
            _check_place(section, record)
        named = {record.get(entry.name) for _, record in self.records() for entry in lookups(record.section)}
        if not named - {None} <= set(self.organisations):
            raise BadValue("organisations", "a field names one that is not there.", "Add its record.")

    def __repr__(self) -> str:
        return "HtcdsCase()"

    def single(self, section: Section) -> Record:
        """Return the record of a section that occurs once."""
        record: Record = getattr(self, section.value)
        return record

    def repeated(self, section: Section) -> tuple[Record, ...]:
        """Return the records of a section that may occur several times."""
        records: tuple[Record, ...] = getattr(self, section.value)
        return records

    def records(self) -> Iterator[tuple[Section, Record]]:
        """Yield every record with the section that it stands in."""
        yield from ((section, self.single(section)) for section in SINGLE)
        yield from ((section, record) for section in REPEATED for record in self.repeated(section))
        yield from ((Section.ORGANISATIONS, record) for record in self.organisations.values())


def lookups(section: Section) -> tuple[Field, ...]:
    """Return the fields of a section that name an organisation."""
    return tuple(entry for entry in load_table().live(section) if entry.kind is Kind.ORGANISATION)


def live_field(name: str, section: Section | None = None) -> Field:
    """Return a field in use; raise `BadValue`."""
    found = load_table().by_name.get(name)
    if found is None or (section is not None and found.section is not section):
        raise BadValue("field", "a name is not a field of this section.", "See docs/htcds.md for the names.")
    if found.deprecated:
        raise BadValue(name, "this field is retired in HTCDS 2.0.", "Leave it out; a comment can say the same.")
    return found


def _check_place(section: Section, record: Record) -> None:
    if record.section is not section:
        raise BadValue(section.value, "a record of another section stands here.", "Put it into its own section.")
    if section in REPEATED and not record:
        raise BadValue(section.value, "a record has no values.", "Leave it out.")
    if section is Section.ORGANISATIONS and not record.text("org_Name"):
        raise BadValue("org_Name", "an organisation has no name.", "Give it one.")
