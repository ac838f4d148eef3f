"""Give and take the rights, for migrations; on SQLite, which knows no roles, nothing happens."""

from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from referral.access.roles import Role

FILES = Path(__file__).parent.parent / "migrations" / "access"
FOR_THE_ADMINISTRATOR = "deploy/postgresql-roles.sql"
POLICIES = "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"
PROTECTED = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
OWN_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'korpu_')"
)


def give_rights(connection: Connection, revision: str) -> None:
    """Replace all rights by those of a revision, as they were written down in its file.

    Raise `CommandError` when the roles are missing and cannot be made, or are not what they should be.
    """
    if connection.dialect.name != "postgresql":
        return
    _check_schema(connection)
    ensure_roles(connection)
    take_rights(connection)
    script = (FILES / f"{revision}.sql").read_text(encoding="utf-8")
    connection.execution_options(no_parameters=True).exec_driver_sql(script)


def take_rights(connection: Connection) -> None:
    """Take every right from the roles, and row level security from the tables; the roles stay: others may use them."""
    if connection.dialect.name != "postgresql":
        return
    for table, policy in connection.execute(text(POLICIES)).tuples().all():
        connection.execute(text(f'DROP POLICY "{policy}" ON public."{table}"'))
    for table in connection.scalars(text(PROTECTED)).all():
        connection.execute(text(f'ALTER TABLE public."{table}" NO FORCE ROW LEVEL SECURITY'))
        connection.execute(text(f'ALTER TABLE public."{table}" DISABLE ROW LEVEL SECURITY'))
    for function in connection.scalars(text(OWN_FUNCTIONS)).all():
        connection.execute(text(f"DROP FUNCTION {function}"))
    roles = ", ".join(Role)
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roles}"))
    connection.execute(text(f"REVOKE ALL ON SCHEMA public FROM {roles}"))


def ensure_roles(connection: Connection) -> None:
    """Make the group roles that are missing; raise `CommandError` when that cannot be done."""
    found = dict(
        connection.execute(
            text("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ANY (:names)"),
            {"names": list(Role)},
        )
        .tuples()
        .all()
    )
    too_strong = [name for name, unbound in found.items() if unbound]
    if too_strong:
        raise CommandError(
            f"The PostgreSQL roles {', '.join(too_strong)} are not bound by row level security. "
            "Run: ALTER ROLE <name> NOSUPERUSER NOBYPASSRLS;"
        )
    missing = [role for role in Role if role not in found]
    if missing and not _may_make_roles(connection):
        raise CommandError(
            f"The PostgreSQL roles {', '.join(missing)} are missing and this user may not make them. "
            f"Let the server's administrator run {FOR_THE_ADMINISTRATOR} (docs/operators.md, PostgreSQL)."
        )
    for role in missing:
        connection.execute(text(f"CREATE ROLE {role} NOLOGIN NOBYPASSRLS"))


def _may_make_roles(connection: Connection) -> bool:
    query = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    return bool(connection.scalar(text(query)))


def _check_schema(connection: Connection) -> None:
    schema = connection.scalar(text("SELECT current_schema()"))
    if schema != "public":
        raise CommandError(
            f"The tables would lie in the schema {schema!r}; the rights are for the schema public. "
            "Run: ALTER ROLE <the database's owner> SET search_path = public;"
        )
