"""Reading the standard's Excel templates, filled in by people or by us."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from enum import StrEnum, unique
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from referral.htcds.case import HtcdsCase
from referral.htcds.data_files import read_data
from referral.htcds.errors import Fault, ImportRefused
from referral.htcds.excel import FIRST_COLUMN, FIRST_ROW
from referral.htcds.flat import flat_case
from referral.htcds.formulas import restore
from referral.htcds.reading import MAX_BYTES, Reader, check_size
from referral.htcds.spellings import Toolkit, toolkit

Row = tuple[Any, ...]
NOT_A_WORKBOOK = (zipfile.BadZipFile, InvalidFileException, ParseError, LookupError, ValueError, OSError)


@unique
class AddressBy(StrEnum):
    """Which row of the template tells what an address column holds: its hidden names and its labels disagree."""

    NAME = "name"
    LABEL = "label"


def read_excel(data: bytes, *, address_by: AddressBy | None = None) -> tuple[HtcdsCase, ...]:
    """Return the cases of a workbook; raise `ImportRefused` with everything that is wrong in it.

    People filled the address by the labels that they saw, programs (ours too) by the hidden names. Without
    `address_by` a file with an address is refused: a guess could send somebody to the wrong place.
    """
    rows = _rows(data)
    reader = Reader()
    columns = _columns(rows, toolkit("excel"), address_by, reader)
    found = []
    for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        cells = {columns[index]: _cell(cell) for index, cell in enumerate(row) if index in columns}
        if any(cell not in (None, "") for cell in cells.values()):
            place = f"row {number}"
            found.append(flat_case(f"row-{number}", cells, place=place, further={}, by_id=False, reader=reader))
    reader.finish()
    return tuple(case for case in found if case is not None)


def _rows(data: bytes) -> list[Row]:
    check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 10 * MAX_BYTES:
                raise ImportRefused([Fault("", "file", "it unpacks to far more than it seems.", "Do not open it.")])
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        name = read_data("toolkit.yml")["excel"]["sheet"]
        sheet = book[name] if name in book.sheetnames else book.worksheets[0]
        return [tuple(row) for row in sheet.iter_rows(values_only=True)]
    except NOT_A_WORKBOOK as error:
        raise ImportRefused([Fault("", "file", "it is not an Excel workbook.", "Save it as .xlsx.")]) from error


def _columns(rows: Sequence[Row], file: Toolkit, address_by: AddressBy | None, reader: Reader) -> dict[int, str]:
    """Return the field of each column, by the hidden names, and by the label where a name is missing."""
    if len(rows) < FIRST_ROW - 1:
        reader.fault("", "file", "it has no two rows of names and labels.", "Use the standard's template.")
        return {}
    by_label = {file.label(field): field.name for field in file.fields() if file.name(field) is None}
    found: dict[int, str] = {}
    for index in range(FIRST_COLUMN - 1, max(len(rows[0]), len(rows[1]))):
        name, label = _text_at(rows[0], index), _text_at(rows[1], index)
        field = name or by_label.get(label)
        if field:
            found[index] = field
        elif label:
            reader.fault("row 1", f"column {index + 1}", "it has no name of a field.", "Write it above the label.")
    return _with_address(found, rows, file, address_by, reader)


def _with_address(
    columns: dict[int, str], rows: Sequence[Row], file: Toolkit, address_by: AddressBy | None, reader: Reader
) -> dict[int, str]:
    swapped = {name: _labelled(label, file) for name, label in file.labels.items()}
    doubtful = [
        index
        for index, name in columns.items()
        if name in swapped and _text_at(rows[1], index) == file.labels[name] and name != swapped[name]
    ]
    if address_by is AddressBy.LABEL:
        return columns | {index: swapped[columns[index]] for index in doubtful}
    filled = any(_text_at(row, index) for row in rows[FIRST_ROW - 1 :] for index in doubtful)
    if filled and address_by is None:
        wrong = "the template's hidden names and its labels disagree about the address."
        reader.fault("rows 1 and 2", "prs_Mailing…", wrong, "Say whether it was filled in by name or by label.")
    return columns


def _labelled(label: str, file: Toolkit) -> str:
    return next(field.name for field in file.fields() if field.label == label)


def _text_at(row: Row, index: int) -> str:
    return str(row[index]).strip() if index < len(row) and row[index] is not None else ""


def _cell(value: Any) -> object:
    if isinstance(value, str):
        return restore(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)  # a phone number or a postal code that the spreadsheet took for a number
    return value.date() if isinstance(value, dt.datetime) else value
