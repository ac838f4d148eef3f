"""`korpu statistics`."""

from pathlib import Path
from typing import Annotated

import typer


def statistics(
    first: Annotated[str, typer.Argument(help="The first month of the period, as 2026-07.")],
    last: Annotated[str, typer.Argument(help="Its last month, as 2026-09: whole quarters, which are over.")],
    by: Annotated[str | None, typer.Option(help="Your login: a supervisor's.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the files; the present one without it.")] = None,
) -> int:
    """Count a period's cases for donors and the state, so that nobody can be found in the numbers.

    A period is counted once and never again; asked for a second time, the same numbers are written.
    """
    from bot.cli.counting import write_statistics
    from bot.cli.run import say
    from bot.cli.staff import ask
    from bot.settings import Settings

    files = write_statistics(Settings.from_env(), first=first, last=last, by=by, out=out or Path(), ask=ask)
    for file in files:
        say(f"Wrote {file}.")
    say("Numbers under 11 are withheld, and so is what they could be worked out from (docs/statistics.md).")
    return 0
