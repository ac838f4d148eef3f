"""Cases of every shape that the standard allows, with texts that want to be formulas."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from referral.htcds import ALL_ITEMS, ConsentTerms, Field, HtcdsCase, Kind, Record, Released, Section, load_table
from referral.htcds.consent import release
from referral.htcds.table import REPEATED, SINGLE
from referral.htcds.values import Value

TODAY = dt.date(2026, 11, 26)
RECIPIENT = "shelter-baku"
HOSTILE = ("=", "+", "-", "@", "\t", "\n", "\r", "'", "''=", " =", "'\t+", "＝", "|", '"', ";", ",", "#N/A", "\ufeff")
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t\r")


def texts() -> st.SearchStrategy[str]:
    """Return texts as people write them, many of which begin as a formula does."""
    plain = st.text(LETTERS, min_size=1, max_size=30)
    hostile = st.builds(lambda start, rest: start + rest, st.sampled_from(HOSTILE), plain)
    return st.one_of(plain, hostile).filter(lambda text: text.strip() != "")


def values(field: Field, organisations: Sequence[str]) -> st.SearchStrategy[Value | None]:
    """Return values that fit a field."""
    match field.kind:
        case Kind.TEXT:
            return texts()
        case Kind.DATE:
            return st.dates()
        case Kind.PICK:
            return st.sampled_from(list(field.codes))
        case Kind.MULTI:
            return st.lists(st.sampled_from(list(field.codes)), min_size=1, max_size=4).map(tuple)
        case Kind.CHECKBOX:
            return st.booleans()
        case Kind.COUNT:
            return st.integers(0, field.limit)
        case Kind.DEGREES:
            return st.floats(-field.limit, field.limit)
        case Kind.PHONE:
            return st.from_regex(r"\A\+?[1-9][0-9]{1,14}\Z")
        case Kind.ORGANISATION:
            return st.sampled_from(organisations) if organisations else st.none()


@st.composite
def records(draw: st.DrawFn, section: Section, organisations: Sequence[str] = (), *, least: int = 0) -> Record:
    """Return a record of some of a section's fields."""
    fields = draw(st.lists(st.sampled_from(load_table().live(section)), unique=True, max_size=6, min_size=least))
    return Record(section, {field.name: draw(values(field, organisations)) for field in fields})


@st.composite
def cases(draw: st.DrawFn) -> HtcdsCase:
    """Return a case."""
    ids = draw(st.lists(st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,8}\Z"), unique=True, max_size=2))
    named = {name: Record(Section.ORGANISATIONS, _organisation(draw)) for name in ids}
    parts: dict[str, object] = {section: draw(records(section, ids)) for section in SINGLE}
    for section in REPEATED:
        drawn = draw(st.lists(records(section, ids, least=1), max_size=2))
        parts[section] = tuple(record for record in drawn if record)
    return HtcdsCase(case_id=draw(st.uuids()).hex, organisations=named, **parts)  # type: ignore[arg-type]


def _organisation(draw: st.DrawFn) -> dict[str, object]:
    return {**draw(records(Section.ORGANISATIONS)).values, "org_Name": draw(texts())}


def terms(**changed: object) -> ConsentTerms:
    """Return a consent that lets everything go to the recipient."""
    fitting: dict[str, object] = {
        "recipient": RECIPIENT,
        "purpose": "a place to sleep",
        "given_day": TODAY,
        "expires_day": TODAY,
        "withdrawn_day": None,
        "shared": ALL_ITEMS,
    }
    return ConsentTerms(**fitting | changed)  # type: ignore[arg-type]


def consented(**parts: object) -> HtcdsCase:
    """Return a case with a consent."""
    consent = Record(Section.CONSENT, {"con_Consent": True})
    return HtcdsCase(case_id="case-1", consent=consent, **parts)  # type: ignore[arg-type]


def released(case: HtcdsCase, **changed: object) -> Released:
    """Return a case that the gate let through."""
    return release(case, recipient=RECIPIENT, consent=terms(**changed), today=TODAY)
