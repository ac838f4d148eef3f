"""The assessment's form: a box for each field of the data standard that staff may fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from referral.console.forms import MOST_CHARACTERS, one_line_ends
from referral.htcds import Assessment, AssessmentRefused, Fault, Field, Kind, Section, check_assessment, staff_fields

MOST = 2 * MOST_CHARACTERS  # of one text, as in a note
ORGANISATION_NAME = "org_Name"
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Box:
    """One field of the form: what stands in it, what is wrong with it, and what a colleague stored meanwhile."""

    field: Field
    values: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    meanwhile: tuple[str, ...] | None = None

    @property
    def value(self) -> str:
        """Return what stands in a box for one value."""
        return self.values[0] if self.values else ""

    def told(self, values: Iterable[str]) -> str:
        """Return values in the standard's words."""
        return ", ".join(self.field.codes.get(value, value) for value in values)


def values_of(assessment: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return a stored assessment as a form carries it."""
    found = {field.name: _texts(field, assessment.get(field.name)) for field in staff_fields()}
    return {name: values for name, values in found.items() if values}


def values_sent(form: MultiDict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what was filled in; fields that staff may not fill in are not taken."""
    sent = {field.name: [one_line_ends(text) for text in form.getlist(field.name)] for field in staff_fields()}
    found = {name: tuple(text for text in texts if text) for name, texts in sent.items()}
    return {name: values for name, values in found.items() if values}


def checked(sent: Values, *, stored: Mapping[str, object]) -> Assessment:
    """Return an assessment of what was filled in; raise `AssessmentRefused` with everything that is wrong in it.

    Of an organisation the form asks the name only: what else is stored of it stays as long as its name does.
    """
    faults = [
        Fault("", name, "the text is too long.", "Make it shorter.")
        for name, values in sent.items()
        if any(len(value) > MOST for value in values)
    ]
    if faults:
        raise AssessmentRefused(faults)
    return check_assessment({field.name: _given(field, sent, stored) for field in staff_fields() if field.name in sent})


def sections(
    values: Values, *, faults: Iterable[Fault] = (), meanwhile: Values | None = None
) -> dict[Section, list[Box]]:
    """Return the boxes by section; `meanwhile` is what is stored now, when a colleague was faster."""
    told = tuple(faults)
    found: dict[Section, list[Box]] = {}
    for field in staff_fields():
        box = Box(field, values.get(field.name, ()), tuple(fault for fault in told if fault.field == field.name))
        if meanwhile is not None and meanwhile.get(field.name, ()) != box.values:
            box = replace(box, meanwhile=meanwhile.get(field.name, ()))
        found.setdefault(field.section, []).append(box)
    return found


def filled_in(form: MultiDict[str, str]) -> str:
    """Return what was filled in as text to be copied; empty when the form was no assessment."""
    sent = values_sent(form)
    boxes = (Box(field, sent[field.name]) for field in staff_fields() if field.name in sent)
    return "\n".join(f"{box.field.label}: {box.told(box.values)}" for box in boxes)


def _texts(field: Field, value: object) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case bool():
            return ("true" if value else "false",)
        case list():
            return tuple(str(part) for part in value)
        case Mapping():
            return _texts(field, value.get(ORGANISATION_NAME))
        case _:
            return (str(value),)


def _given(field: Field, sent: Values, stored: Mapping[str, object]) -> object:
    values = sent[field.name]
    if field.kind is Kind.MULTI:
        return list(values)
    known = stored.get(field.name)
    if field.kind is Kind.ORGANISATION and isinstance(known, Mapping) and known.get(ORGANISATION_NAME) == values[0]:
        return known
    return values[0]
