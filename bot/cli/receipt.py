"""`korpu receipt`."""

from typing import Annotated

import typer


def receipt(number: Annotated[str, typer.Argument(help="The number on a deletion's receipt.")]) -> int:
    """Tell whether a deletion with this receipt took place, and on which day; nothing else is known of it."""
    from bot.cli.database import transaction
    from bot.cli.run import say
    from bot.settings import Settings
    from referral.service.erasure import find_receipt

    with transaction(Settings.from_env()) as session:
        found = find_receipt(session, number)
        day = None if found is None else found.erased_day
    if day is None:
        say("There is no deletion with this receipt. Compare the digits.")
        return 1
    say(f"A request with this receipt was deleted on {day}. Nothing of it is left but this number.")
    return 0
