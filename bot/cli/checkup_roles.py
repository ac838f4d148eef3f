"""The doctor's look at who each process is to a PostgreSQL: only a login of its own is bound by its rights."""

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.finding import Finding, fault, note, ok
from bot.settings import DATABASE_USERS, Settings, database_variable
from referral import engine_for
from referral.access.roles import PROCESSES, Role

WHO = text(
    "SELECT current_user, "
    "(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) OR pg_has_role(current_user, "
    "(SELECT relowner FROM pg_class WHERE oid = 'public.case_record'::regclass), 'USAGE'), "
    "array(SELECT role FROM unnest(CAST(:roles AS text[])) AS role WHERE pg_has_role(current_user, role, 'USAGE'))"
)


def examine_roles(settings: Settings) -> list[Finding]:
    """Return a finding for each process; nothing for SQLite, which knows no roles."""
    if make_url(settings.database_url).get_backend_name() != "postgresql":
        return []
    if not settings.own_database_urls:
        return [
            note(
                "roles",
                "all processes use the login of the database's owner, which row level security does not bind; "
                "give each its own (docs/operators.md, PostgreSQL)",
            )
        ]
    return [_examine(settings, process) for process in DATABASE_USERS]


def _examine(settings: Settings, process: str) -> Finding:
    variable, role = database_variable(process), PROCESSES[process]
    if process not in settings.own_database_urls:
        return fault("roles", f"{variable} is not set: this process would use the login of the database's owner")
    try:
        login, unbound, roles = _who(settings.own_database_urls[process])
    except SQLAlchemyError as error:
        return note("roles", f"{variable} cannot be tried from this account ({type(error).__name__})")
    if unbound:
        return fault("roles", f"{variable}: row level security does not bind {login!r}; name the process' own login")
    if roles != [role]:
        found = ", ".join(roles) or "none"
        return fault("roles", f"{variable}: {login!r} must be a member of {role} alone, but is one of: {found}")
    return ok("roles", f"{process}: {login!r}, with the rights of {role} only")


def _who(url: str) -> tuple[str, bool, list[str]]:
    """Return a login, whether it is bound by nothing, and which of our roles it has."""
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            login, unbound, roles = connection.execute(WHO, {"roles": list(Role)}).tuples().one()
            return login, unbound, roles
    finally:
        engine.dispose()
