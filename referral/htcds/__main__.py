"""`python -m referral.htcds`: write the schema and docs/htcds.md anew."""

from referral.htcds.coverage import PAGE_FILE, page
from referral.htcds.schema import SCHEMA_FILE, schema_text
from referral.htcds.table import load_table


def main() -> None:
    """Write both files."""
    SCHEMA_FILE.write_text(schema_text(load_table()), encoding="utf-8")
    PAGE_FILE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
