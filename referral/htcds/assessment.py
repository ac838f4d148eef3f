"""What a caseworker fills in about a case: checked, and kept as plain JSON by the standard's names."""

from collections.abc import Mapping

from referral.htcds.case import Record, live_field
from referral.htcds.collection import collected
from referral.htcds.errors import AssessmentRefused, BadValue, Fault
from referral.htcds.spellings import implied
from referral.htcds.table import Field, Kind, Section, load_table
from referral.htcds.values import Json, parse, pieces, to_json

Assessment = dict[str, Json | dict[str, Json]]
STATUS, DECIDED_BY, CONTROL = "vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg", "vic_MethodsOfControl"
DECISIONS = ("ActualVictimOfTrafficking", "NotAVictimOfTrafficking")
WITHOUT_CODE = ("x_RestrictsMovement", "x_UsesChildren")


def staff_fields() -> tuple[Field, ...]:
    """Return the fields that a caseworker may fill in, in the standard's order."""
    return tuple(field for field in load_table().live() if _is_staffs(field.name))


def check_assessment(raw: Mapping[str, object]) -> Assessment:
    """Return an assessment in its one right form; raise `AssessmentRefused` with everything that is wrong in it.

    Keys are names of `staff_fields()`, values what JSON or a form gives; empty ones are left out. A field that names
    an organisation takes its name, or an object of `org_` fields.
    """
    faults: list[Fault] = []
    found: Assessment = {}
    for name, given in raw.items():
        try:
            found |= _value(name, given)
        except BadValue as error:
            faults.append(Fault("", error.field, error.wrong, error.remedy))
    if found.get(STATUS) in DECISIONS and DECIDED_BY not in found:
        faults.append(Fault("", DECIDED_BY, "a decision about the status needs who decided.", "Choose who decided."))
    if faults:
        raise AssessmentRefused(faults)
    return _ordered(_with_other(found))


def _is_staffs(name: str) -> bool:
    return name in collected() and collected()[name].staff_may


def _value(name: str, given: object) -> Assessment:
    if name not in load_table().by_name:
        raise BadValue("field", "an assessment has a name that is not a field.", "Take it from staff_fields().")
    field = live_field(name)
    if not _is_staffs(name):
        why = collected()[name].why if name in collected() else ""
        raise BadValue(name, "this field is not for staff to fill in.", why or "It comes from the case itself.")
    if field.kind is Kind.ORGANISATION:
        return _organisation(name, given)
    value = parse(field, given)
    if value is None:
        return {}
    others = pieces(field, given) if field.kind is Kind.MULTI else []
    found: Assessment = {name: to_json(value)}
    return found | {own: True for piece in others if (own := implied(field, piece)) is not None}


def _organisation(name: str, given: object) -> Assessment:
    values = given if isinstance(given, Mapping) else {"org_Name": given}
    try:
        record = Record(Section.ORGANISATIONS, values)
    except BadValue as error:
        raise BadValue(name, f"{error.field}: {error.wrong}", error.remedy) from error
    if not record:
        return {}
    if not record.text("org_Name"):
        raise BadValue(name, "an organisation has no name.", "Give it one (org_Name).")
    return {name: {key: to_json(value) for key, value in record.values.items()}}


def _with_other(found: Assessment) -> Assessment:
    """Tick `Other` for what the standard describes as a means of control and has no code for."""
    control = found.get(CONTROL, [])
    if not any(found.get(name) is True for name in WITHOUT_CODE) or not isinstance(control, list) or "Other" in control:
        return found
    return found | {CONTROL: [*control, "Other"]}


def _ordered(found: Assessment) -> Assessment:
    return {field.name: found[field.name] for field in load_table().fields if field.name in found}
