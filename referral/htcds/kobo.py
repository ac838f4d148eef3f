"""Answers to the standard's survey form (XLSForm, XForm), as KoBoToolbox and ODK take them, in that form's spelling."""

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree

from referral.htcds.case import HtcdsCase
from referral.htcds.csv_writing import as_csv
from referral.htcds.data_files import read_data
from referral.htcds.spellings import Toolkit, toolkit
from referral.htcds.table import Field, Kind
from referral.htcds.toolkit_cells import first_value
from referral.htcds.values import to_text

CSV_FILE = "htcds_xlsform.csv"


def write_kobo(cases: Iterable[HtcdsCase], *, bom: bool = False) -> dict[str, bytes]:
    """Return a CSV with all cases, and for each case an answer in XML that can be sent to the form."""
    held = list(cases)
    file = toolkit("kobo")
    columns = [file.name(field) or field.name for field in file.fields()]
    files = {CSV_FILE: as_csv(columns, (_answers(case, file) for case in held), bom=bom)}
    return files | {f"{case.case_id}.xml": _instance(case, file, columns) for case in held}


def _answers(case: HtcdsCase, file: Toolkit) -> dict[str, str]:
    found = {}
    for field in file.fields():
        answer = _answer(case, field, file)
        if answer:
            found[file.name(field) or field.name] = answer
    return found


def _answer(case: HtcdsCase, field: Field, file: Toolkit) -> str:
    value = first_value(case, field)
    if value is None:
        return ""
    if isinstance(value, tuple):
        return value[0] if field.name in file.only_one else file.separator.join(value)
    if field.kind is Kind.PICK and field.name in file.free_text and isinstance(value, str):
        return file.code_label(field, value)
    return to_text(value)


def _instance(case: HtcdsCase, file: Toolkit, columns: list[str]) -> bytes:
    form = read_data("toolkit.yml")["kobo"]
    root = ElementTree.Element("data", {"id": form["form"], "version": form["version"]})
    answers = _answers(case, file)
    for column in columns:
        ElementTree.SubElement(root, column).text = answers.get(column)
    ElementTree.SubElement(root, "__version__").text = form["version"]
    meta = ElementTree.SubElement(root, "meta")
    # The same case makes the same id, so that a second upload does not make a second case there.
    ElementTree.SubElement(meta, "instanceID").text = f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, case.case_id)}"
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
