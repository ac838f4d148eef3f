"""`korpu audit`."""

import typer

app = typer.Typer(help="The log of who did what and when.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def audit() -> None:
    """Show that the log is a group of commands, even while there is only one."""


@app.command()
def verify() -> int:
    """Check that no entry of the audit log was changed, removed or put in another order."""
    from bot.cli.database import transaction
    from bot.cli.run import say
    from bot.settings import Settings
    from referral.audit import verify as verify_chain

    with transaction(Settings.from_env()) as session:
        problems = verify_chain(session)
    for problem in problems:
        say(problem)
    say("The audit log is NOT whole." if problems else "The audit log is whole.")
    return 1 if problems else 0
