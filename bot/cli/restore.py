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
    from bot.cli.restoring import put_back, settle
    from bot.cli.run import say
    from bot.settings import Settings
    from bot.supervisor.lock import only_one

    settings = Settings.from_env()
    with only_one(settings.data_dir):
        if folder is not None:
            put_back(settings, folder)
            say(f"The databases are those of {folder.name}.")
        gone = settle(settings)
    say(f"Erased again: {gone} case(s) that had been erased since then.")
    say("Tell the staff: what came in since that copy is lost. `korpu audit verify` will say that the log is shorter.")
    return 0
