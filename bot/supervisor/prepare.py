"""Folders, database, keys and demonstration accounts, before the processes begin. Doing it again changes nothing."""

from dataclasses import dataclass
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import OperatorError
from bot.settings import Settings
from referral import engine_for, session_scope, upgrade_schema
from referral.demo import DemoAccount, OldDemo, ensure_demo
from referral.errors import KeyListError
from referral.keys import ensure_secrets
from referral.published import PublicFile, read_public
from referral.publishing import settle


@dataclass(frozen=True)
class Prepared:
    """Whose keys there are, and how to sign in where they are demonstration keys."""

    organisation: PublicFile
    account: DemoAccount | None


def make_data_dir(data_dir: Path) -> None:
    """Make the data folder, open to its owner only; raise `OperatorError` when that cannot be done."""
    try:
        for folder in (data_dir, data_dir / "run", data_dir / "logs"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise OperatorError(
            f"The data folder {data_dir} cannot be used: {error.strerror}. "
            "Set KORPU_DATA_DIR to a folder that you may write to."
        ) from error


def prepare(settings: Settings) -> Prepared:
    """Bring the database up to date and see that there are keys; raise `OperatorError` when there can be none."""
    make_data_dir(settings.data_dir)
    ready_database(settings)
    _settle(settings)
    ensure_secrets(settings.data_dir)
    account = _demo_account(settings) if settings.demo else None
    try:
        organisation = read_public(settings.data_dir)
    except FileNotFoundError as error:
        raise OperatorError(
            f"There are no keys in {settings.data_dir}. Run `korpu init` to make them "
            "(or leave KORPU_DEMO unset for a demonstration)."
        ) from error
    except KeyListError as error:
        raise OperatorError(f"The keys in {settings.data_dir} cannot be believed: {error}") from error
    if organisation.demo and not settings.demo:
        raise OperatorError(
            f"KORPU_DEMO is 0, but the keys in {settings.data_dir} are demonstration keys. "
            "Run `korpu init` with KORPU_DATA_DIR set to a new folder."
        )
    return Prepared(organisation, account)


def ready_database(settings: Settings) -> None:
    """Run the migrations that are missing; raise `OperatorError` when the database cannot be used."""
    try:
        upgrade_schema(settings.database_url)
    except (SQLAlchemyError, CommandError, OSError, ImportError) as error:
        raise OperatorError(f"The database {shown_url(settings)} cannot be used: {_first_line(error)}") from error


def shown_url(settings: Settings) -> str:
    """Return the database's address without its password."""
    try:
        return make_url(settings.database_url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "named by KORPU_DATABASE_URL"


def _settle(settings: Settings) -> None:
    """Finish a change of keys that was cut off."""
    engine = engine_for(settings.database_url)
    try:
        with session_scope(engine) as session:
            settle(session, data_dir=settings.data_dir)
    finally:
        engine.dispose()


def _demo_account(settings: Settings) -> DemoAccount | None:
    engine = engine_for(settings.database_url)
    try:
        return ensure_demo(engine, data_dir=settings.data_dir)
    except OldDemo as error:
        raise OperatorError(f"{error} Move it away (mv {settings.data_dir} {settings.data_dir}-old).") from error
    finally:
        engine.dispose()


def _first_line(error: BaseException) -> str:
    original = getattr(error, "orig", None)
    return next(iter(str(original or error).strip().splitlines()), type(error).__name__)
