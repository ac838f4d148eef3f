"""`korpu staff`."""

from typing import Annotated, Literal

import typer

app = typer.Typer(help="The people who work in the console.", no_args_is_help=True, rich_markup_mode=None)
Role = Literal["intake", "caseworker", "supervisor", "editor"]


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="The new person's login.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")] = "intake",
    by: Annotated[str | None, typer.Option(help="Your login: you hand on your copy of the key.")] = None,
) -> int:
    """Add a person; the passphrase is shown once.

    Intake workers and supervisors read new cases. They need the organisation's key, which only somebody who has it can
    hand on: that person's login (--by) and passphrase are asked for.
    """
    from bot.cli.run import say
    from bot.cli.staffing import add_person
    from bot.settings import Settings

    passphrase = add_person(Settings.from_env(), login=login, role=role, by=by, ask=_ask)
    say(f"Added {login.strip().lower()} ({role}). Passphrase: {passphrase}")
    say("It is shown only now and is stored nowhere. Give it to the person by hand, not in a message.")
    return 0


@app.command(name="list")
def list_() -> int:
    """List the people, their roles, and who can read new cases."""
    from bot.cli.run import say
    from bot.cli.staffing import people
    from bot.settings import Settings

    for person in people(Settings.from_env()):
        key = "has the key" if person.holds_key else "no key"
        say(f"{person.login:<20} {person.role:<11} {'active' if person.active else 'disabled':<9} {key}")
    return 0


@app.command()
def disable(login: Annotated[str, typer.Argument(help="The login of the person who leaves.")]) -> int:
    """Take a person's access: no more sign-in, no more key."""
    from bot.cli.run import say
    from bot.cli.staffing import disable_person
    from bot.settings import Settings

    left = disable_person(Settings.from_env(), login=login)
    say(f"{login.strip().lower()} can no longer sign in.")
    if left == 1:
        say("Only one person is left who can read new cases. Add a second one with `korpu staff add`.")
    return 0


def _ask(question: str, hidden: bool) -> str:
    return str(typer.prompt(question, hide_input=hidden))
