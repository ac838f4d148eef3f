"""Taking over records that others wrote: every fault is collected, and with one fault nothing is taken over."""

import re
from collections.abc import Mapping

from referral.htcds.case import HtcdsCase, Record, live_field
from referral.htcds.errors import BadValue, Fault, ImportRefused
from referral.htcds.spellings import field_aliases, implied
from referral.htcds.table import Field, Kind, Section
from referral.htcds.values import Value, parse, pieces

MAX_BYTES = 20 * 1024 * 1024
_LIKE_A_FIELD = re.compile(r"(org|prs|vic|per|cas|cco|hte|spl|con|x)_\w{1,60}", re.ASCII)


class Reader:
    """Collects what is wrong while a file is read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, place: str, field: str, wrong: str, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(place, field, wrong, remedy))

    def note(self, place: str, error: BadValue) -> None:
        """Note a value that does not fit."""
        self.fault(place, error.field, error.wrong, error.remedy)

    def finish(self) -> None:
        """Raise `ImportRefused` when anything was wrong."""
        if self.faults:
            raise ImportRefused(self.faults)

    def record(self, section: Section, raw: Mapping[str, object], place: str) -> Record:
        """Return a record of what fits, under the standard's spellings; note the rest."""
        values: dict[str, Value] = {}
        for name, given in raw.items():
            field = self.field(name, section, place)
            value = None if field is None else self.value(field, given, place)
            if field is None or value is None:
                continue
            if field.name in values and values[field.name] != value:
                self.fault(place, field.name, "two spellings of this field say different things.", "Keep one of them.")
            values[field.name] = value
            values |= dict.fromkeys(_implied(field, given), True)
        return Record(section, values)

    def field(self, name: str, section: Section, place: str) -> Field | None:
        """Return the field of a name, whichever way it is spelled; note it when there is none."""
        try:
            return live_field(field_aliases().get(name, name), section)
        except BadValue as error:
            remedy = error.remedy if error.field != "field" else "Correct the name, or leave it out."
            self.fault(place, shown(name), error.wrong, remedy)
            return None

    def value(self, field: Field, given: object, place: str) -> Value | None:
        """Return a value; note it when it does not fit."""
        try:
            return parse(field, given)
        except BadValue as error:
            self.note(place, error)
            return None

    def case(self, case_id: str, parts: Mapping[str, object], place: str) -> HtcdsCase | None:
        """Return a case of records that were read; note what does not fit together, unless parts are wrong already."""
        if self.faults:
            return None
        try:
            return HtcdsCase(case_id, **parts)  # type: ignore[arg-type]
        except BadValue as error:
            self.note(place, error)
            return None


def shown(name: str) -> str:
    """Return a column's name if it looks like one; a file without a header has what people told in its place."""
    return name if _LIKE_A_FIELD.fullmatch(name) else "a name that is not in the standard"


def check_size(data: bytes) -> None:
    """Raise `ImportRefused` for a file that no export of ours could be."""
    if len(data) > MAX_BYTES:
        remedy = "Split it into smaller ones."
        raise ImportRefused([Fault("", "file", f"it is larger than {MAX_BYTES // 2**20} MB.", remedy)])


def _implied(field: Field, given: object) -> set[str]:
    if field.kind is not Kind.MULTI:
        return set()
    return {own for piece in pieces(field, given) if (own := implied(field, piece)) is not None}
