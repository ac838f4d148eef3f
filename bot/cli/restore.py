"""`korpu restore`."""

from pathlib import Path
from typing import Annotated

import typer


def restore(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of a backup. Without it the database is left as it is.")
    ] = None,
) -> int:
    """Put a backup in place of the databases, then erase again what was erased since it was made.

    With PostgreSQL restore the database first and run this without a folder.
    """
    from bot.cli.restoring import put_back, set_checkpoints_aside, settle
    from bot.cli.run import say
    from bot.settings import Settings
    from bot.supervisor.lock import only_one

    settings = Settings.from_env()
    with only_one(settings.data_dir):
        if folder is not None:
            put_back(settings, folder)
            say(f"The databases are those of {folder.name}.")
        aside = set_checkpoints_aside(settings)
        gone = settle(settings)
    say(f"Ended again, because it had ended since that copy: {gone.cases_erased} case(s) erased,")
    say(f"{gone.cases_taken_back} taken back, {gone.consents} consent(s), {gone.staff} member(s) of staff.")
    if aside is not None:
        say(f"The log is shorter than its checkpoints say; they are kept in {aside.name}.")
    say("Tell the staff: what came in since that copy is lost. Run `korpu doctor`: the keys may have to be changed.")
    return 0
