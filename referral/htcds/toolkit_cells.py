"""What a toolkit's file has in its cells for a case, and what of a case it has no place for."""

from collections.abc import Iterator

from referral.htcds.case import HtcdsCase
from referral.htcds.spellings import Toolkit
from referral.htcds.table import REPEATED, Field, Kind, Section
from referral.htcds.values import Value


def first_value(case: HtcdsCase, field: Field) -> Value | None:
    """Return a field's value; of a section that occurs several times, that of its first record."""
    if field.section is Section.ORGANISATIONS:
        return None
    found = getattr(case, field.section.value)
    records = found if isinstance(found, tuple) else (found,)
    value: Value | None = records[0].get(field.name) if records else None
    if field.kind is Kind.ORGANISATION and isinstance(value, str):
        return case.organisations[value].text("org_Name")
    return value


def left_out(case: HtcdsCase, file: Toolkit) -> tuple[str, ...]:
    """Return the fields of a case that do not fit into a toolkit's file, so that staff know before it is sent."""
    return tuple(sorted(set(_left_out(case, file))))


def _left_out(case: HtcdsCase, file: Toolkit) -> Iterator[str]:
    fitting = {field.name for field in file.fields()} | {"org_Name"}
    further = [record for section in REPEATED for record in case.repeated(section)[1:]]
    for _, record in case.records():
        for name, value in record.values.items():
            several = name in file.only_one and isinstance(value, tuple) and len(value) > 1
            if name not in fitting or several or any(record is other for other in further):
                yield name
