"""The standard's fields and codes, and ours beside them, as typed objects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from referral.htcds.data_files import read_data
from referral.htcds.iso import countries, languages


@unique
class Section(StrEnum):
    """A part of a case; the value is its name in JSON and the attribute of `HtcdsCase`."""

    ORGANISATIONS = "organisations"
    PERSON = "person"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    CASE = "case"
    REFERRALS = "referrals"
    COMMENTS = "comments"
    EVENTS = "events"
    SUPPORT_PLANS = "support_plans"
    CONSENT = "consent"


SINGLE = (Section.PERSON, Section.VICTIM, Section.PERPETRATOR, Section.CASE, Section.CONSENT)
REPEATED = (Section.REFERRALS, Section.COMMENTS, Section.EVENTS, Section.SUPPORT_PLANS)


@unique
class Kind(StrEnum):
    """How a value of a field looks."""

    TEXT = "text"
    DATE = "date"
    PICK = "pick"
    MULTI = "multi"
    CHECKBOX = "checkbox"
    COUNT = "count"
    DEGREES = "degrees"
    PHONE = "phone"
    ORGANISATION = "organisation"


NO_CODES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Field:
    """One field. `type` and `reference` are the standard's words; `why` is there for our own fields only."""

    section: Section
    name: str
    label: str
    type: str
    core: bool = False
    deprecated: bool = False
    reference: str | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: NO_CODES, repr=False, hash=False)
    why: str | None = None

    @property
    def own(self) -> bool:
        """Tell whether the field is ours, not the standard's."""
        return self.why is not None

    @property
    def kind(self) -> Kind:
        """Return how its values look."""
        return _kind(self)

    @property
    def limit(self) -> int:
        """Return how far a number may go: an angle from zero, or a count of years or children."""
        if self.kind is Kind.DEGREES:
            return 90 if self.name.endswith("Latitude") else 180
        return 130


@dataclass(frozen=True)
class Table:
    """All fields, in the standard's order; our own fields stand at the end of their section."""

    standard: str
    attribution: str
    titles: Mapping[Section, str]
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", MappingProxyType({entry.name: entry for entry in self.fields}))

    def live(self, *sections: Section) -> tuple[Field, ...]:
        """Return the fields in use of some sections, or of all of them."""
        wanted = sections or tuple(Section)
        return tuple(entry for entry in self.fields if entry.section in wanted and not entry.deprecated)


@lru_cache(maxsize=1)
def load_table() -> Table:
    """Return the table of this package."""
    return read_table(read_data("fields.yml"))


def read_table(raw: Mapping[str, Any]) -> Table:
    """Return a table from the content of `fields.yml`."""
    return Table(
        standard=raw["standard"],
        attribution=raw["attribution"].strip(),
        titles={Section(name): part["title"] for name, part in raw["sections"].items()},
        fields=tuple(_fields(raw)),
    )


def _fields(raw: Mapping[str, Any]) -> Iterator[Field]:
    codes = {**raw["codes"], **raw.get("own_codes", {})}
    for name, part in raw["sections"].items():
        for entry in [*part["fields"], *raw.get("own", {}).get(name, [])]:
            yield _field(Section(name), entry, codes)


def _field(section: Section, entry: Mapping[str, Any], codes: Mapping[str, Mapping[str, str]]) -> Field:
    reference = entry.get("reference") or ""
    if reference.startswith("ISO 3166"):
        own_codes = countries()
    elif reference.startswith("ISO 639-2"):
        own_codes = languages()
    else:
        own_codes = MappingProxyType(dict(codes[entry["codes"]])) if "codes" in entry else NO_CODES
    return Field(**{**entry, "section": section, "codes": own_codes})


def _kind(entry: Field) -> Kind:
    if (entry.reference or "").startswith("E.164"):
        return Kind.PHONE
    if entry.type == "Multiselect Picklist":
        return Kind.MULTI
    if entry.codes:
        return Kind.PICK
    match entry.type:
        case "Date":
            return Kind.DATE
        case "Checkbox":
            return Kind.CHECKBOX
        case "Lookup [to organisation]":
            return Kind.ORGANISATION
        case "Geolocation":
            return Kind.DEGREES
        case "Number":
            return Kind.DEGREES if entry.name.endswith(("Longitude", "Latitude")) else Kind.COUNT
        case _:
            return Kind.TEXT  # also a lookup of a person or a user: we export a name, never their record
