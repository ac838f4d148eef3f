"""`korpu staff`."""

from typing import Annotated, Literal

import typer

app = typer.Typer(help="The people who work in the console.", no_args_is_help=True, rich_markup_mode=None)
HAND_OVER = (
    "Both are shown only now and are stored nowhere. Give them to the person by hand, not in a message. The recovery "
    "code belongs on paper in a safe place: with it a lost passphrase can be replaced (`korpu staff recover`)."
)
Role = Literal["intake", "caseworker", "supervisor", "editor"]


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="The new person's login.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")] = "intake",
    by: Annotated[str | None, typer.Option(help="Your login: you hand on your copy of the key.")] = None,
) -> int:
    """Add a person; passphrase and recovery code are shown once.

    Somebody who has the organisation's key must vouch for the new person, and hands the key on to intake workers and
    supervisors, who read new cases: that colleague's login (--by) and passphrase are asked for.
    """
    from bot.cli.run import say
    from bot.cli.staffing import add_person
    from bot.settings import Settings

    secrets = add_person(Settings.from_env(), login=login, role=role, by=by, ask=ask)
    say(f"Added {login.strip().lower()} ({role}). Passphrase: {secrets.passphrase}")
    say(f"Recovery code: {secrets.recovery_code}")
    say(HAND_OVER)
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


def ask(question: str, hidden: bool) -> str:
    """Ask at the keyboard."""
    return str(typer.prompt(question, hide_input=hidden))
