"""The doctor's look at the database and at who holds the keys."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.checkup_roles import examine_roles
from bot.cli.finding import Finding, fault, note, ok
from bot.settings import Settings
from bot.supervisor.prepare import shown_url
from referral import engine_for
from referral.errors import KeyListError
from referral.published import PublicFile, read_public
from referral.schema import alembic_config
from referral.service.common import today

ENOUGH_HOLDERS = 2
SIGN_SOON_DAYS = 60
ADMIN_FILE = "korpu-admin.key"


def examine_database(settings: Settings) -> list[Finding]:
    """Return findings about schema, keys and key holders."""
    try:
        organisation = read_public(settings.data_dir)
    except FileNotFoundError:
        return [note("keys", "there are none yet; `korpu init` makes real ones, `korpu run` demonstration ones")]
    except KeyListError as error:
        return [fault("keys", str(error))]
    file = make_url(settings.database_url)
    if file.get_backend_name() == "sqlite" and not _exists(file.database):
        return [fault("database", f"{file.database} is missing although there are keys; restore it from a backup")]
    engine = engine_for(settings.database_url)
    try:
        findings = [_schema(engine, settings), *examine_roles(settings)]
    except SQLAlchemyError as error:
        return [fault("database", f"{shown_url(settings)} cannot be used ({type(error).__name__})")]
    finally:
        engine.dispose()
    if organisation.demo:
        return [*findings, note("keys", "demonstration keys: not for real people; see `korpu init`")]
    return [
        *findings,
        _list_of_keys(organisation),
        *_behind(settings, organisation),
        *_holders(settings),
        *_leavers(settings),
        *_admin_key(settings),
    ]


def _exists(database: str | None) -> bool:
    from pathlib import Path

    return database is not None and Path(database).exists()


def _schema(engine: Engine, settings: Settings) -> Finding:
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory.from_config(alembic_config(settings.database_url)).get_current_head()
    if present == head:
        return ok("database", f"{shown_url(settings)}, schema {present}")
    return note("database", f"schema {present} instead of {head}; the next `korpu run` brings it up to date")


def _holders(settings: Settings) -> list[Finding]:
    from bot.cli.staffing import holders_by_organisation

    return [_holder(name, count) for name, count in holders_by_organisation(settings).items()]


def _holder(organisation: str, count: int) -> Finding:
    if count >= ENOUGH_HOLDERS:
        return ok("staff", f"{count} people of {organisation!r} can read new cases")
    return fault(
        "staff", f"only {count} person of {organisation!r} can read new cases; add another one with `korpu staff add`"
    )


def _behind(settings: Settings, organisation: PublicFile) -> list[Finding]:
    from bot.cli.staffing import behind_the_list

    late = behind_the_list(settings, organisation.manifest)
    if not late:
        return []
    advice = "no new request can be stored; run `korpu keys rotate`"
    return [fault("keys", f"the database is older than the list of keys ({', '.join(late)}): {advice}")]


def _list_of_keys(organisation: PublicFile) -> Finding:
    left = (organisation.manifest.expires - today()).days
    if left < 0:
        return fault("keys", "the list of keys has ended: no new request is taken; sign it anew with `korpu keys sign`")
    if left < SIGN_SOON_DAYS:
        return fault("keys", f"the list of keys ends in {left} days; sign it anew with `korpu keys sign`")
    return ok("keys", f"those of {organisation.name!r}, signed until {organisation.manifest.expires}")


def _leavers(settings: Settings) -> list[Finding]:
    from bot.cli.staffing import leavers_with_the_key

    gone = leavers_with_the_key(settings)
    if not gone:
        return []
    names = ", ".join(gone)
    return [fault("leavers", f"{names}: they may know the present key; change it with `korpu keys rotate`")]


def _admin_key(settings: Settings) -> list[Finding]:
    if not (settings.data_dir / ADMIN_FILE).exists():
        return []
    return [note("admin key", f"{settings.data_dir / ADMIN_FILE} lies beside what it protects; move it to a stick")]
