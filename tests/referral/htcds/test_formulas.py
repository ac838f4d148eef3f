"""No cell runs in a spreadsheet, and every cell comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.htcds import Record, Section, Target, export, read_csv
from referral.htcds.formulas import neutralise, restore
from tests.referral.htcds.strategies import HOSTILE, consented, released, texts

SIGNS = "=+-@\t\r\n＝＋－＠"


@given(st.one_of(st.text(), texts(), st.builds("".join, st.lists(st.sampled_from(HOSTILE), max_size=5))))
def test_restore_undoes_neutralise_exactly(cell: str) -> None:
    assert restore(neutralise(cell)) == cell
    assert not neutralise(cell).lstrip(" ").startswith(tuple(SIGNS))


@pytest.mark.parametrize("cell", ["plain", "'quoted'", "a=b", "1990-01-01", "", "o'clock", "''"])
def test_a_harmless_cell_is_left_alone(cell: str) -> None:
    assert neutralise(cell) == cell
    assert restore(cell) == cell


@pytest.mark.parametrize("start", list(SIGNS))
def test_an_exported_cell_never_begins_as_a_formula(start: str) -> None:
    case = consented(comments=(Record(Section.COMMENTS, {"cco_CaseComment": f"{start}cmd|' /C calc'!A0"}),))
    for target in (Target.CSV, Target.KOBO):
        for name, data in export([released(case)], target=target).items():
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
                assert [cell for row in rows for cell in row if cell.startswith(tuple(SIGNS))] == []


def test_a_phone_number_survives() -> None:
    case = consented(person=Record(Section.PERSON, {"prs_MobilePhone": "+994501234567"}))
    data = export([released(case)], target=Target.CSV)["cases.csv"]
    assert b'"\'+994501234567"' in data
    assert read_csv(data)[0].person.text("prs_MobilePhone") == "+994501234567"
