"""A case from one flat row, as CSV and spreadsheets have it."""

from collections.abc import Mapping

from referral.htcds.case import HtcdsCase, Record
from referral.htcds.csv_layout import IN_A_ROW
from referral.htcds.errors import BadValue
from referral.htcds.reading import Reader, shown
from referral.htcds.spellings import field_aliases
from referral.htcds.table import REPEATED, SINGLE, Kind, Section, load_table

Own = tuple[str, Record]
Cells = Mapping[str, object]


def flat_case(
    case_id: str,
    cells: Cells,
    *,
    place: str,
    further: Mapping[Section, list[Own]],
    by_id: bool,
    reader: Reader,
) -> HtcdsCase | None:
    """Return the case of a row; note what is wrong.

    `further` has records of other files, each with its own id. `by_id` tells that lookups hold ids of organisations;
    otherwise they hold names, and a record is made for each.
    """
    organisations: dict[str, Record] = {}
    if by_id:
        for name, record in further.get(Section.ORGANISATIONS, []):
            if name in organisations:
                reader.fault(place, "x_OrganisationId", "two organisations have the same id.", "Give each its own.")
            organisations[name] = record
    else:
        cells, organisations = _named(cells, place, reader)
    sorted_cells = _by_section(cells, place, reader)
    parts: dict[str, object] = {section: reader.record(section, sorted_cells[section], place) for section in SINGLE}
    for section in REPEATED:
        first = reader.record(section, sorted_cells[section], place)
        others = [record for _, record in further.get(section, [])]
        parts[section] = tuple(record for record in [first, *others] if record)
    return reader.case(case_id, parts | {"organisations": organisations}, place)


def _by_section(cells: Cells, place: str, reader: Reader) -> dict[Section, dict[str, object]]:
    found: dict[Section, dict[str, object]] = {section: {} for section in IN_A_ROW}
    for name, cell in cells.items():
        field = load_table().by_name.get(field_aliases().get(name, name))
        if field is None or field.section not in found:
            reader.fault(place, shown(name), "this column is not of the standard.", "Correct its name, or delete it.")
        elif not (field.deprecated and not str(cell or "").strip()):
            found[field.section][name] = cell
    return found


def _named(cells: Cells, place: str, reader: Reader) -> tuple[Cells, dict[str, Record]]:
    """Return the cells with ids in place of organisations' names, and a record for each name."""
    changed: dict[str, object] = dict(cells)
    ids: dict[str, str] = {}
    for name, cell in cells.items():
        field = load_table().by_name.get(name)
        if field is None or field.kind is not Kind.ORGANISATION:
            continue
        written = str(cell or "").strip()
        changed[name] = ids.setdefault(written, f"organisation-{len(ids) + 1}") if written else None
    try:
        return changed, {key: Record(Section.ORGANISATIONS, {"org_Name": name}) for name, key in ids.items()}
    except BadValue as error:
        reader.note(place, error)
        return changed, {}
