"""Roles are made once for a whole server; the migrations give and take their rights in one database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic.util.exc import CommandError
from sqlalchemy import inspect, text

from referral import engine_for, upgrade_schema
from referral.access.install import FOR_THE_ADMINISTRATOR
from referral.access.roles import Role
from referral.schema import downgrade_schema
from tests.databases import LOGINS, OWNER, ROLES_FILE
from tests.postgres import Cluster


@contextmanager
def no_roles(cluster: Cluster) -> Iterator[None]:
    """Let the server have none of our roles for a while."""
    cluster.execute(*(f"ALTER ROLE {role} RENAME TO {role}_away" for role in Role))
    try:
        yield
    finally:
        found = roles(cluster)
        cluster.execute(*(f"DROP ROLE {role}" for role in Role if role in found))
        cluster.execute(*(f"ALTER ROLE {role}_away RENAME TO {role}" for role in Role))


def roles(cluster: Cluster) -> set[str]:
    """Return the server's roles."""
    with cluster.superuser() as connection:
        return set(connection.scalars(text("SELECT rolname FROM pg_roles")))


def test_who_may_not_make_roles_is_told_who_can_and_nothing_is_changed(cluster: Cluster) -> None:
    with no_roles(cluster), cluster.database(owner=OWNER) as name:
        with pytest.raises(CommandError) as caught:
            upgrade_schema(cluster.url(name, OWNER))
        message = str(caught.value)
        assert all(role in message for role in Role)
        assert (FOR_THE_ADMINISTRATOR in message, "\n" in message) == (True, False)
        engine = engine_for(cluster.url(name, OWNER))
        assert inspect(engine).get_table_names() == []
        engine.dispose()
        cluster.execute(*[ROLES_FILE.read_text(encoding="utf-8")] * 2)
        upgrade_schema(cluster.url(name, OWNER))
        downgrade_schema(cluster.url(name, OWNER), "0002")


def test_who_may_make_roles_makes_them_and_taking_the_rights_back_leaves_them(cluster: Cluster) -> None:
    cluster.execute("CREATE ROLE maker LOGIN CREATEROLE")
    try:
        with no_roles(cluster), cluster.database(owner="maker") as name:
            upgrade_schema(cluster.url(name, "maker"))
            downgrade_schema(cluster.url(name, "maker"), "base")
            assert set(Role) <= roles(cluster)
    finally:
        cluster.execute("DROP ROLE maker")


@pytest.mark.parametrize("power", ["BYPASSRLS", "SUPERUSER"])
def test_a_role_that_row_level_security_does_not_bind_is_refused(cluster: Cluster, power: str) -> None:
    cluster.execute(f"ALTER ROLE {Role.CONSOLE} {power}")
    try:
        with cluster.database(owner=OWNER) as name, pytest.raises(CommandError, match="korpu_console are not bound"):
            upgrade_schema(cluster.url(name, OWNER))
    finally:
        cluster.execute(f"ALTER ROLE {Role.CONSOLE} NO{power}")


def test_tables_in_another_schema_are_refused(cluster: Cluster) -> None:
    with cluster.database(owner=OWNER) as name:
        cluster.execute(f"CREATE SCHEMA {OWNER} AUTHORIZATION {OWNER}", database=name)
        with pytest.raises(CommandError, match="search_path = public"):
            upgrade_schema(cluster.url(name, OWNER))


def test_rights_that_were_taken_are_gone_and_those_of_another_database_stay(cluster: Cluster, template: str) -> None:
    with cluster.database(owner=OWNER, template=template) as name:
        downgrade_schema(cluster.url(name, OWNER), "0002")
        with cluster.superuser(name) as connection:
            query = text("SELECT count(*) FROM information_schema.column_privileges WHERE grantee = ANY (:roles)")
            assert connection.scalar(query, {"roles": list(Role)}) == 0
            assert connection.scalar(text("SELECT count(*) FROM pg_policies")) == 0
        with cluster.database(owner=OWNER, template=template) as other, cluster.superuser(other) as connection:
            assert connection.scalar(text(f"SELECT has_table_privilege('{LOGINS[Role.BOT]}', 'tombstone', 'INSERT')"))
