"""Reading CSV files: our own, and those that were filled in or exported with the standard's toolkit."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.htcds.about import ABOUT_FILE
from referral.htcds.case import HtcdsCase, Record
from referral.htcds.csv_layout import CASE_ID, CASES_FILE, ORGANISATION_ID, SIDECARS
from referral.htcds.flat import flat_case
from referral.htcds.formulas import restore
from referral.htcds.reading import Reader, check_size, shown
from referral.htcds.spellings import is_ignored
from referral.htcds.table import Section

Cells = dict[str, str]
MAX_CELL = 10 * 1024 * 1024
Further = Mapping[str, Mapping[Section, list[tuple[str, Record]]]]


@dataclass(frozen=True)
class Line:
    """A row of a file as a spreadsheet numbers it: the header is row 1."""

    place: str
    cells: Cells


def read_csv(cases: bytes, *, sidecars: Mapping[str, bytes] | None = None) -> tuple[HtcdsCase, ...]:
    """Return the cases of `cases.csv` and the files that came with it, by name; raise `ImportRefused`.

    A file without the column `x_CaseId` is not ours: its cases get ids by their rows, and what it has in place of an
    organisation is taken for its name.
    """
    reader = Reader()
    files = {name: data for name, data in (sidecars or {}).items() if name in SIDECARS}
    if set(sidecars or {}) - {*files, ABOUT_FILE}:
        reader.fault("", "file", "a file has a name that is not known.", f"Name it as one of: {', '.join(SIDECARS)}.")
    lines = _lines(cases, CASES_FILE, reader)
    ours = any(CASE_ID in line.cells for line in lines)
    further = _further(files, reader)
    found = [_case(line, ours, further, reader) for line in lines]
    ids = [line.cells.get(CASE_ID, "") for line in lines] if ours else []
    if len(set(ids)) < len(ids):
        reader.fault(CASES_FILE, CASE_ID, "two rows have the same id.", "Give each case its own.")
    if set(further) - set(ids):
        reader.fault("", CASE_ID, "a file has rows of a case that is not in cases.csv.", "Add the case, or drop them.")
    reader.finish()
    return tuple(case for case in found if case is not None)


def _case(line: Line, ours: bool, further: Further, reader: Reader) -> HtcdsCase | None:
    cells = dict(line.cells)
    number = line.place.rpartition(" ")[2]
    case_id = cells.pop(CASE_ID, "") if ours else f"row-{number}"
    return flat_case(case_id, cells, place=line.place, further=further.get(case_id, {}), by_id=ours, reader=reader)


def _further(files: Mapping[str, bytes], reader: Reader) -> Further:
    found: dict[str, dict[Section, list[tuple[str, Record]]]] = defaultdict(lambda: defaultdict(list))
    for name, data in files.items():
        section = SIDECARS[name]
        for line in _lines(data, name, reader):
            cells = dict(line.cells)
            case_id, own_id = cells.pop(CASE_ID, ""), cells.pop(ORGANISATION_ID, "")
            if not case_id:
                reader.fault(line.place, CASE_ID, "it is empty.", "Write the id of the case that the row belongs to.")
            record = reader.record(section, cells, line.place)
            found[case_id][section].append((own_id, record))
    return found


def _lines(data: bytes, name: str, reader: Reader) -> list[Line]:
    check_size(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        reader.fault(name, "file", "it is not UTF-8 text.", 'In Excel save it as "CSV UTF-8".')
        return []
    try:
        rows = list(_rows(text))
    except csv.Error:
        reader.fault(name, "file", "it is not CSV.", "Save it anew as CSV, with quotes around texts.")
        return []
    if not rows or not any(rows[0]):
        reader.fault(name, "file", "it has no header.", "The first row must hold the names of the fields.")
        return []
    columns = [column.strip() for column in rows[0]]
    _check_header(columns, name, reader)
    numbered = [(f"{name}, row {number}", row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    return [line for place, row in numbered if (line := _line(columns, row, place, reader)) is not None]


def _rows(text: str) -> Iterable[list[str]]:
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","  # Excel's choice where the comma is decimal
    csv.field_size_limit(MAX_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _check_header(columns: list[str], name: str, reader: Reader) -> None:
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        reader.fault(f"{name}, row 1", shown(column), "two columns have this name.", "Keep one of them.")


def _line(columns: list[str], row: list[str], place: str, reader: Reader) -> Line | None:
    if len(row) > len(columns) and any(row[len(columns) :]):
        reader.fault(place, "row", "it has more cells than the header.", "Put texts with commas into quotes.")
        return None
    pairs = zip(columns, row, strict=False)
    return Line(place, {column: restore(cell) for column, cell in pairs if column and not is_ignored(column)})
