"""Writing cases as CSV files: every cell quoted, formulas neutralised, UTF-8."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from referral.htcds.case import HtcdsCase, Record
from referral.htcds.csv_layout import CASE_ID, CASES_FILE, ORGANISATION_ID, header, sidecar
from referral.htcds.formulas import neutralise
from referral.htcds.table import REPEATED, SINGLE, Section
from referral.htcds.values import to_text

Row = Mapping[str, str]
BOM = "\ufeff"  # without it Excel takes UTF-8 for the letters of the country that it was set up for


def write_csv(cases: Iterable[HtcdsCase], *, bom: bool = False) -> dict[str, bytes]:
    """Return the files by name: `cases.csv`, and a file for each section with more records than fit into it."""
    held = list(cases)
    files = {CASES_FILE: as_csv(header(None), (_case_row(case) for case in held), bom=bom)}
    for section in (*REPEATED, Section.ORGANISATIONS):
        rows = [row for case in held for row in _further(case, section)]
        if rows:
            files[sidecar(section)] = as_csv(header(section), rows, bom=bom)
    return files


def as_csv(columns: list[str], rows: Iterable[Row], *, bom: bool) -> bytes:
    """Return one file with the given columns."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutralise(row.get(column, "")) for column in columns] for row in rows)
    return ((BOM if bom else "") + target.getvalue()).encode()


def _case_row(case: HtcdsCase) -> Row:
    row = {CASE_ID: case.case_id}
    for section in SINGLE:
        row |= _cells(case.single(section))
    for section in REPEATED:
        for record in case.repeated(section)[:1]:
            row |= _cells(record)
    return row


def _further(case: HtcdsCase, section: Section) -> Iterator[Row]:
    if section is Section.ORGANISATIONS:
        for name, record in case.organisations.items():
            yield {CASE_ID: case.case_id, ORGANISATION_ID: name} | _cells(record)
        return
    for record in case.repeated(section)[1:]:
        yield {CASE_ID: case.case_id} | _cells(record)


def _cells(record: Record) -> dict[str, str]:
    return {name: to_text(value) for name, value in record.values.items()}
