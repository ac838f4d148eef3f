"""The standard's licence asks that every export says whose it is."""

import io

import pytest
from openpyxl import load_workbook

from referral.htcds import Target, export, load_table, read_csv
from tests.referral.htcds.strategies import consented, released


@pytest.mark.parametrize("target", [Target.JSON, Target.CSV, Target.KOBO])
def test_a_file_says_whose_standard_it_is(target: Target) -> None:
    files = export([released(consented())], target=target)
    assert any(load_table().attribution in data.decode() for data in files.values())


def test_a_workbook_says_whose_standard_it_is() -> None:
    book = load_workbook(io.BytesIO(export([released(consented())], target=Target.EXCEL)["cases.xlsx"]))
    assert book.sheetnames == ["Case Sheet", "about"]
    assert load_table().attribution in str(book["about"]["A2"].value)


def test_reading_passes_it_over() -> None:
    files = export([released(consented())], target=Target.CSV)
    assert len(read_csv(files.pop("cases.csv"), sidecars=files)) == 1
