"""`korpu keys`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The keys: show, change, sign, open the escrow.", no_args_is_help=True, rich_markup_mode=None)
AdminKey = Annotated[Path | None, typer.Option(help="The file of the administration key (on the stick).")]


@app.command()
def show() -> int:
    """Show the signed list of public keys: its number, its last day, each organisation's epoch."""
    from bot.cli.database import organisation
    from bot.cli.run import say
    from bot.settings import Settings

    manifest = organisation(Settings.from_env()).manifest
    say(f"List number {manifest.number}, signed on {manifest.issued}, valid until {manifest.expires}.")
    for own in manifest.organisations:
        intake = ", takes new requests" if own.organisation_id == manifest.intake else ""
        say(f"{own.name}: epoch {own.epoch}{intake}")
    say(f"Custodians: {len(manifest.custodians)}. Keys of the bot: {len(manifest.bot_verify_keys)}.")
    return 0


@app.command()
def rotate(
    by: Annotated[str | None, typer.Option(help="Your login: you hold the present key.")] = None,
    admin_key: AdminKey = None,
) -> int:
    """Give the organisation a new key: after a colleague has left, after a loss, once a year.

    Cases stay readable for who stays. Needs a key holder's passphrase and the administration key.
    """
    from bot.cli.keycare import rotate_keys
    from bot.cli.run import say
    from bot.cli.staff import ask
    from bot.settings import Settings

    done = rotate_keys(Settings.from_env(), by=by, admin_key=admin_key, ask=ask)
    say(f"The key of {done.listed.name!r} is new: epoch {done.listed.epoch}.")
    say(f"Certified {done.staff} people anew; sealed the keys of {done.cases} cases anew.")
    return 0


@app.command()
def sign(
    admin_key: AdminKey = None,
) -> int:
    """Sign the list of keys anew, for another year, or after the bot got new keys."""
    from bot.cli.keycare import sign_list
    from bot.cli.run import say
    from bot.cli.staff import ask
    from bot.settings import Settings

    manifest = sign_list(Settings.from_env(), admin_key=admin_key, ask=ask)
    say(f"Signed list number {manifest.number}, valid until {manifest.expires}.")
    return 0


@app.command(name="open-escrow")
def open_escrow(
    login: Annotated[str, typer.Argument(help="Who gets a new passphrase with the organisation's key.")],
    why: Annotated[str, typer.Option(help="Why, in a few words without names; it stays in the log.")],
) -> int:
    """Let two custodians open the organisation's key, when everybody who holds it has lost their secrets.

    The named member of staff gets a new passphrase. Every colleague sees that the escrow was opened.
    """
    from bot.cli.keycare import recover_from_escrow
    from bot.cli.run import say
    from bot.cli.staff import HAND_OVER, ask
    from bot.settings import Settings

    secrets, opened = recover_from_escrow(Settings.from_env(), login=login, why=why, ask=ask)
    say(f"{login.strip().lower()} has the organisation's key again; {opened} cases of theirs open.")
    say(f"Passphrase: {secrets.passphrase}\nRecovery code: {secrets.recovery_code}")
    say(f"{HAND_OVER}\nNow change the key: `korpu keys rotate`.")
    return 0
