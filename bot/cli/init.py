"""`korpu init`."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings


def init(
    name: Annotated[str | None, typer.Option(help="The organisation's name, as people will read it.")] = None,
    login: Annotated[str | None, typer.Option(help="The login of the first member of staff.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Make demonstration keys instead of real ones.")] = False,
) -> int:
    """Make database, keys, first staff account.

    The account's passphrase is shown once and stored nowhere.
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
        return _real(settings, name=str(name).strip(), login=str(login).strip())


def _refuse_if_there_are_keys(settings: "Settings") -> None:
    from bot.errors import OperatorError
    from referral.published import read_public

    try:
        organisation = read_public(settings.data_dir)
    except FileNotFoundError:
        return
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


def _real(settings: "Settings", *, name: str, login: str) -> int:
    from bot.cli.database import transaction
    from bot.errors import OperatorError
    from bot.supervisor.prepare import ready_database
    from referral.crypto.staff import KdfProfile, new_passphrase
    from referral.keys import create_organisation, ensure_secrets

    if not name or not login:
        raise OperatorError("The organisation's name and the login must not be empty. Nothing was made.")
    ready_database(settings)
    ensure_secrets(settings.data_dir)
    passphrase = new_passphrase()
    with transaction(settings) as session:
        create_organisation(
            session,
            data_dir=settings.data_dir,
            name=name,
            demo=False,
            login=login,
            passphrase=passphrase,
            profile=KdfProfile(),
        )
    _announce(settings, name, login.lower(), passphrase)
    return 0


def _announce(settings: "Settings", name: str, login: str, passphrase: str) -> None:
    from bot.cli.run import say

    say(f"Made the keys of {name!r} in {settings.data_dir}.")
    say(f"Sign in   login: {login}   passphrase: {passphrase}")
    say(
        "This passphrase is shown only now and is stored nowhere. Write it on paper and keep it safe: without it "
        "the cases cannot be read by anybody.\nAdd a second member of staff with `korpu staff add` before you begin."
    )
