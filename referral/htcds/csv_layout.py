"""How cases lie in CSV files, for writing and reading.

`cases.csv` has one row a case, with every field of the standard but an organisation's. Of what may occur several times
the first stands in that row, so that a reader that knows only the standard finds it; the others stand in a file of
their own, and so do all organisations. `x_CaseId` and `x_OrganisationId` hold the files together.
"""

from referral.htcds.table import REPEATED, SINGLE, Field, Section, load_table

CASE_ID, ORGANISATION_ID = "x_CaseId", "x_OrganisationId"
CASES_FILE = "cases.csv"
IN_A_ROW = (*SINGLE[:-1], *REPEATED, SINGLE[-1])


def sidecar(section: Section) -> str:
    """Return the name of the file with a section's further records."""
    return f"{section}.csv"


SIDECARS = {sidecar(section): section for section in (*REPEATED, Section.ORGANISATIONS)}


def row_fields() -> tuple[Field, ...]:
    """Return the fields of a case's row."""
    return tuple(field for section in IN_A_ROW for field in load_table().live(section))


def header(section: Section | None) -> list[str]:
    """Return the header of `cases.csv` (None), or of a section's own file."""
    if section is None:
        return [CASE_ID, *(field.name for field in row_fields())]
    ids = [CASE_ID, ORGANISATION_ID] if section is Section.ORGANISATIONS else [CASE_ID]
    return [*ids, *(field.name for field in load_table().live(section))]
