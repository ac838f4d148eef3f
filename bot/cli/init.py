"""`korpu init`: the key ceremony."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.cli.ceremony import Papers
    from bot.settings import Settings


def init(
    name: Annotated[str | None, typer.Option(help="The organisation's name, as people will read it.")] = None,
    login: Annotated[str | None, typer.Option(help="The login of the first member of staff.")] = None,
    admin_key: Annotated[
        Path | None, typer.Option(help="Where to write the administration key: a file on a stick.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Make demonstration keys instead of real ones.")] = False,
) -> int:
    """Make database, keys, first staff account.

    Every passphrase and every custodian's key is shown once and stored nowhere: have paper ready.
    """
    from bot.settings import Settings
    from bot.supervisor.lock import only_one
    from bot.supervisor.prepare import make_data_dir

    settings = Settings.from_env()
    make_data_dir(settings.data_dir)
    with only_one(settings.data_dir):
        _refuse_if_there_are_keys(settings)
        if demo:
            return _demonstration(settings)
        name = name or typer.prompt("Name of the organisation, as people will read it")
        login = login or typer.prompt("Login of the first member of staff (a short name)")
        return _real(settings, name=str(name).strip(), login=str(login).strip(), admin_key=admin_key)


def _refuse_if_there_are_keys(settings: "Settings") -> None:
    from bot.errors import OperatorError
    from referral.errors import KeyListError
    from referral.published import read_public

    try:
        organisation = read_public(settings.data_dir)
    except FileNotFoundError:
        return
    except KeyListError as error:
        raise OperatorError(f"{settings.data_dir} holds keys that cannot be believed: {error}") from error
    if organisation.demo:
        raise OperatorError(
            f"{settings.data_dir} holds a demonstration, whose cases and keys cannot become real ones. "
            f"Move it away (mv {settings.data_dir} {settings.data_dir}-demo) and run `korpu init` again."
        )
    raise OperatorError(
        f"{settings.data_dir} already holds the keys of {organisation.name!r}. To add people, use `korpu staff add`."
    )


def _demonstration(settings: "Settings") -> int:
    from dataclasses import replace

    from bot.cli.demo import demo
    from bot.supervisor.prepare import prepare

    prepare(replace(settings, demo=True))
    return demo()


def _real(settings: "Settings", *, name: str, login: str, admin_key: Path | None) -> int:
    from bot.cli.ceremony import hold
    from bot.errors import OperatorError

    if not name or not login:
        raise OperatorError("The organisation's name and the login must not be empty. Nothing was made.")
    path = admin_key or settings.data_dir / "korpu-admin.key"
    papers = hold(settings, name=name, login=login, admin_key=path)
    _announce(settings, name, login.lower(), papers, path)
    return 0


def _announce(settings: "Settings", name: str, login: str, papers: "Papers", admin_key: Path) -> None:
    from bot.cli.run import say

    say(f"Made the keys of {name!r} in {settings.data_dir}.")
    say("Everything below is shown only now and is stored nowhere. Write each part on its own paper.")
    say("")
    say(f"1. The first member of staff\n   login: {login}   passphrase: {papers.person.passphrase}")
    say(f"   recovery code: {papers.person.recovery_code}")
    say("   With the passphrase the cases open. The recovery code replaces a lost passphrase; keep the two apart.")
    for number, custodian in enumerate(papers.custodians, start=1):
        say(f"\n{number + 1}. Custodian {number} (a trusted person outside the daily work)\n   {custodian}")
    say("   Any two custodians together can open the cases if all staff have lost their passphrases; one alone cannot.")
    say(f"\n5. The administration key: {admin_key}\n   its passphrase: {papers.admin_passphrase}")
    say("   It signs the list of keys. Move the file to a stick, keep it locked away, bring it to change keys.")
    say("\nAdd a second member of staff with `korpu staff add` before you begin.")
