"""`korpu audit`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The log of who did what and when.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def audit() -> None:
    """Show that the log is a group of commands, even while there is only one."""


@app.command()
def verify(
    checkpoints: Annotated[
        Path | None, typer.Option(help="A file of checkpoints, best a copy from another machine.")
    ] = None,
) -> int:
    """Check that no entry of the audit log was changed, removed or put in another order, and that its end is there.

    The end is checked against the signed checkpoints: those of the data folder, or the file that you name.
    """
    from bot.cli.auditing import problems_of
    from bot.cli.run import say
    from bot.settings import Settings

    problems, compared, last = problems_of(Settings.from_env(), checkpoints)
    for problem in problems:
        say(problem)
    say(f"Compared with {compared} checkpoint(s). The last entry is {last}." if last else "The log is empty.")
    say("The audit log is NOT whole." if problems else "The audit log is whole.")
    return 1 if problems else 0
