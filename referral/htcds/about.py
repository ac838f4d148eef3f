"""What goes with every export: whose standard it is. Its licence asks for that."""

from referral.htcds.table import load_table

ABOUT_FILE = "about.txt"


def about_lines() -> tuple[str, ...]:
    """Return the lines about an export, for a file or a sheet."""
    table = load_table()
    return (
        f"Cases by {table.standard}, exported by Körpü.",
        f"{table.attribution}.",
        "Fields that begin with x_ are Körpü's own.",
    )


def about_file() -> dict[str, bytes]:
    """Return the lines as a file."""
    return {ABOUT_FILE: ("\r\n".join(about_lines()) + "\r\n").encode()}
