"""docs/htcds.md is true: it is made from what the code does."""

import ast
from pathlib import Path

from referral import htcds
from referral.htcds import FilledBy, Section, case_of, check_assessment, collected, coverage, items, load_table
from referral.htcds.collection import always_shared
from referral.htcds.coverage import PAGE_FILE, page
from tests.referral.htcds.test_mapping import CHOICES, facts, sent

CASE_FIELDS = [field for field in load_table().live() if field.section is not Section.ORGANISATIONS]


def test_the_page_is_up_to_date() -> None:
    assert PAGE_FILE.read_text(encoding="utf-8") == page(), "Run: python -m referral.htcds"


def test_every_field_says_how_it_is_filled_and_what_is_not_says_why() -> None:
    assert set(collected()) == {field.name for field in CASE_FIELDS}
    assert [name for name, how in collected().items() if how.by is FilledBy.NEVER and not how.why] == []
    assert {how.item for how in collected().values()} == set(items()) | always_shared()


def test_the_count_of_core_fields() -> None:
    assert coverage(load_table()) == (28, 38)
    assert "28 of 38 filled" in page()


def test_what_the_bot_and_the_record_are_said_to_fill_they_fill() -> None:
    known = facts(
        narratives=("told",), owner="Leyla", closure_reason="done", status="done", safe_time_words="late",
        outgoing=(sent(1, details="a bed", caseworker="Aysel"),), choices=CHOICES,
    )  # fmt: skip
    filled = {name for _, record in case_of(known).records() for name in record.values}
    said = {name for name, how in collected().items() if how.by in (FilledBy.BOT, FilledBy.RECORD)}
    by_the_gate = {name for name in said if collected()[name].item == "consent"} - {"con_Consent"}
    assert said - by_the_gate == {name for name in filled if not name.startswith("org_")}


def test_what_staff_are_said_to_fill_they_can() -> None:
    for name, how in collected().items():
        if how.staff_may:
            field = load_table().by_name[name]
            given = {name: example(field.codes, field.kind)}
            given |= {"vic_TraffickingStatusDecisionMakingOrg": "NGO"}
            assert name in check_assessment(given)


def example(codes: object, kind: str) -> object:
    """Return a value that fits a field."""
    if codes:
        return next(iter(codes))  # type: ignore[call-overload]
    return {"date": "2026-11-24", "checkbox": True, "count": 1, "phone": "+99412", "degrees": 1}.get(kind, "words")


def test_it_is_pure() -> None:
    package = Path(htcds.__file__).parent
    imported = set()
    for path in package.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module)
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
    ours = {name for name in imported if name.startswith("referral") and not name.startswith("referral.htcds")}
    assert ours == {"referral.enums", "referral.errors"}
    assert imported & {"sqlalchemy", "flask", "os", "socket", "urllib.request"} == set()
