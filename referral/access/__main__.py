"""Write the SQL of a revision from the table of rights."""

import sys

from referral.access.install import FILES
from referral.access.render import script


def main() -> int:
    """Write the file of the revision that is named."""
    if len(sys.argv) != 2:
        print("Usage: python -m referral.access <revision>", file=sys.stderr)
        return 2
    path = FILES / f"{sys.argv[1]}.sql"
    path.write_text(script(), encoding="utf-8")
    print(f"Wrote {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
