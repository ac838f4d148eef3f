"""`korpu organisation`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Other organisations that cases can be referred to.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def organisations() -> None:
    """Show that this is a group of commands, even while there is only one."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The organisation's name, as people will read it.")],
    login: Annotated[str, typer.Option(help="The login of its first member of staff.")],
    admin_key: Annotated[Path | None, typer.Option(help="The file of the administration key (on the stick).")] = None,
) -> int:
    """Add an organisation with its own key: it sees only what is referred to it. Needs the administration key."""
    from bot.cli.keycare import add_organisation
    from bot.cli.run import say
    from bot.cli.staff import HAND_OVER, ask
    from bot.settings import Settings

    person = add_organisation(Settings.from_env(), name=name, login=login, admin_key=admin_key, ask=ask)
    say(f"Added {name!r}. Sign in   login: {person.login}   passphrase: {person.passphrase}")
    say(f"Recovery code: {person.recovery_code}\n{HAND_OVER}")
    return 0
