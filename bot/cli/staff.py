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
def disable(
    login: Annotated[str, typer.Argument(help="The login of the person who leaves.")],
    lose_restricted: Annotated[
        bool, typer.Option("--lose-restricted", help="Also if cases that only they can open are closed for ever.")
    ] = False,
) -> int:
    """Take a person's access: no more sign-in, no more key, no more messages."""
    from bot.cli.run import say
    from bot.cli.staffing import disable_person
    from bot.settings import Settings

    left = disable_person(Settings.from_env(), login=login, lose_restricted=lose_restricted)
    say(f"{login.strip().lower()} can no longer sign in.")
    if left.knew_the_key:
        say("They may have known the organisation's key. Change it today: `korpu keys rotate`.")
    if left.holders == 1:
        say("Only one person is left who can read new cases. Add a second one with `korpu staff add`.")
    return 0


@app.command()
def recover(
    login: Annotated[str, typer.Argument(help="The login of the person who has lost the passphrase.")],
    by: Annotated[str | None, typer.Option(help="A colleague's login, when the recovery code is lost too.")] = None,
) -> int:
    """Replace a lost passphrase, with the recovery code or with the help of a colleague who holds the key."""
    from bot.cli.keycare import recover_person
    from bot.cli.run import say
    from bot.settings import Settings

    secrets, opened = recover_person(Settings.from_env(), login=login, by=by, ask=ask)
    say(f"New passphrase of {login.strip().lower()}: {secrets.passphrase}")
    say(f"New recovery code: {secrets.recovery_code}\n{HAND_OVER}")
    if opened is not None:
        say(f"The key is new too; {opened} of their cases open again. Restricted cases stay closed.")
    return 0


@app.command(name="on-call")
def on_call(login: Annotated[str, typer.Argument(help="The login of the person who is to be on call.")]) -> int:
    """Show a code that links a colleague's chat: the bot will tell them there that something waits, and no more."""
    from bot.cli.run import say
    from bot.cli.staffing import pairing_code
    from bot.settings import Settings

    code = pairing_code(Settings.from_env(), login=login)
    say(" ".join(code[place : place + 4] for place in range(0, len(code), 4)))
    say("Type it to the bot in your own Telegram, within an hour. It works once.")
    return 0


def ask(question: str, hidden: bool) -> str:
    """Ask at the keyboard."""
    return str(typer.prompt(question, hide_input=hidden))
