"""Files of released cases, in the format that a recipient can use."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum, unique

from referral.htcds import toolkit_cells
from referral.htcds.about import about_file
from referral.htcds.case import HtcdsCase
from referral.htcds.consent import ConsentTerms, Override, Released, release
from referral.htcds.csv_writing import write_csv
from referral.htcds.errors import ExportRefused
from referral.htcds.excel import write_excel
from referral.htcds.json_file import write_json
from referral.htcds.kobo import write_kobo
from referral.htcds.spellings import toolkit

JSON_FILE, EXCEL_FILE = "cases.json", "cases.xlsx"


@unique
class Target(StrEnum):
    """What kind of files; JSON and CSV hold everything, the others what the standard's toolkit has a place for."""

    JSON = "json"
    CSV = "csv"
    KOBO = "kobo"
    EXCEL = "excel"


def export(released: Iterable[Released], *, target: Target, bom: bool = True) -> dict[str, bytes]:
    """Return files by name; raise `ExportRefused` when cases are for several recipients or do not fit.

    `bom` marks CSV as UTF-8 for Excel, which guesses wrongly without it.
    """
    held = list(released)
    if len({entry.recipient for entry in held}) > 1:
        raise ExportRefused("These cases are for several recipients. Make one export for each.")
    cases = [entry.case for entry in held]
    if len({case.case_id for case in cases}) < len(cases):
        raise ExportRefused("A case is in this export twice.")
    match target:
        case Target.JSON:
            return {JSON_FILE: write_json(cases)}
        case Target.CSV:
            return write_csv(cases, bom=bom) | about_file()
        case Target.KOBO:
            return write_kobo(cases, bom=bom) | about_file()
        case Target.EXCEL:
            return {EXCEL_FILE: write_excel(cases)}


def export_case(
    case: HtcdsCase,
    *,
    target: Target,
    recipient: str,
    consent: ConsentTerms | Override,
    today: dt.date,
    bom: bool = True,
) -> dict[str, bytes]:
    """Return the files of one case for one recipient; raise `NoConsent` or `ExportRefused`."""
    return export([release(case, recipient=recipient, consent=consent, today=today)], target=target, bom=bom)


def left_out(released: Sequence[Released], *, target: Target) -> tuple[str, ...]:
    """Return the fields that have values and no place in the target, to be told before the file is sent."""
    if target in (Target.JSON, Target.CSV):
        return ()
    file = toolkit(target.value)
    return tuple(sorted({name for entry in released for name in toolkit_cells.left_out(entry.case, file)}))
