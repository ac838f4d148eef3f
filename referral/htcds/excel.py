"""A spreadsheet as the standard's own Excel templates are, faults included, for people who work with those.

Row 1 has the names and is hidden, row 2 the labels, then one row a case. Cells hold what the templates' lists have.
"""

import datetime as dt
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from referral.htcds.about import about_lines
from referral.htcds.case import HtcdsCase
from referral.htcds.data_files import read_data
from referral.htcds.errors import ExportRefused
from referral.htcds.formulas import neutralise
from referral.htcds.spellings import Toolkit, toolkit
from referral.htcds.table import Field, Kind
from referral.htcds.toolkit_cells import first_value
from referral.htcds.values import Value, to_text

LONGEST_CELL = 32_767  # a spreadsheet cuts off what is longer, without a word
FIRST_DATE = dt.date(1900, 3, 1)  # before it, Excel counts days wrongly or not at all
FIRST_ROW, FIRST_COLUMN = 3, 2


def write_excel(cases: Iterable[HtcdsCase]) -> bytes:
    """Return a workbook with some cases; raise `ExportRefused` for a text that is too long for a cell."""
    file = toolkit("excel")
    book = Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = read_data("toolkit.yml")["excel"]["sheet"]
    sheet.row_dimensions[1].hidden = True
    for number, field in enumerate(file.fields(), start=FIRST_COLUMN):
        sheet.cell(1, number).value = file.name(field)
        sheet.cell(2, number).value = file.label(field)
    for row, case in enumerate(cases, start=FIRST_ROW):
        _write_case(sheet, row, case, file)
    about = book.create_sheet("about")  # the templates have one too
    for line in about_lines():
        about.append([line])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write_case(sheet: Worksheet, row: int, case: HtcdsCase, file: Toolkit) -> None:
    sheet.cell(row, 1).value = row - FIRST_ROW + 1
    for column, field in enumerate(file.fields(), start=FIRST_COLUMN):
        value = first_value(case, field)
        if value is not None:
            _fill(sheet.cell(row, column), field, value, file)


def _fill(cell: Cell, field: Field, value: Value, file: Toolkit) -> None:
    if isinstance(value, bool):
        cell.value = value
    elif isinstance(value, dt.date) and value >= FIRST_DATE:
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        text = neutralise(_shown(field, value, file))
        if len(text) > LONGEST_CELL:
            raise ExportRefused(f"{field.name}: this text is too long for a spreadsheet. Export as JSON or CSV.")
        cell.value = text
        cell.data_type = "s"  # whatever it looks like, it is text
        cell.number_format = "@"


def _shown(field: Field, value: Value, file: Toolkit) -> str:
    if isinstance(value, tuple):
        return file.separator.join(file.code_label(field, code) for code in value)
    if field.kind is Kind.PICK and field.name != "prs_MailingCountry" and isinstance(value, str):
        return file.code_label(field, value)
    return to_text(value)
