"""`korpu retention`."""

import datetime as dt
from typing import Annotated

import typer


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
) -> int:
    """Remove now what is due to be removed.

    The janitor of `korpu run` does this by itself.
    """
    from bot.cli.database import transaction
    from bot.cli.run import say
    from bot.settings import Settings
    from referral import checkpoint, engine_for
    from referral.retention import journal
    from referral.retention.purge import purge

    settings = Settings.from_env()
    with transaction(settings) as session:
        result = purge(session, now=dt.datetime.now(tz=dt.UTC), dry_run=dry_run)
    if not dry_run:
        with transaction(settings) as session:
            journal.write(session, settings.data_dir / journal.FILE, today=dt.datetime.now(tz=dt.UTC).date())
        checkpoint(engine_for(settings.database_url))
    say(f"{'Would remove' if dry_run else 'Removed'}: {result}.")
    return 0
