"""What PostgreSQL says of its tables: no right that the table of rights does not name, no table that it forgets."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from referral.access.functions import FUNCTIONS
from referral.access.install import FILES
from referral.access.render import OWNER, script
from referral.access.right import ALL
from referral.access.rights import RIGHTS
from referral.access.roles import Role
from referral.models import Base
from tests.postgres import Cluster
from tests.referral.rows import NOT_OURS
from tests.referral.test_migrations import REVISIONS

TABLES = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
Granted = set[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def catalogue(cluster: Cluster, template: str) -> Iterator[Connection]:
    """A database with the present schema, seen by the superuser."""
    with cluster.database(template=template) as name, cluster.superuser(name) as connection:
        yield connection


def expected() -> Granted:
    """Return what the table of rights says: table, role, command, column."""
    found: Granted = set()
    for table, rights in RIGHTS.items():
        for role, right in rights.items():
            found |= {(table, role, "SELECT", column) for column in _columns(table, right.select)}
            found |= {(table, role, "UPDATE", column) for column in _columns(table, right.update)}
            found |= {(table, role, "INSERT", column) for column in TABLES[table] if right.insert is not None}
            found |= {(table, role, "DELETE", "")} if right.delete else set()
    return found


def granted(catalogue: Connection) -> Granted:
    """Return what PostgreSQL grants to anybody but the owner of a table."""
    columns = catalogue.execute(
        text(
            "SELECT table_name, grantee, privilege_type, column_name FROM information_schema.column_privileges "
            "WHERE table_schema = 'public' AND grantee <> grantor"
        )
    )
    whole = catalogue.execute(
        text(
            "SELECT table_name, grantee, privilege_type, '' FROM information_schema.table_privileges "
            "WHERE table_schema = 'public' AND grantee <> grantor "
            "AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE')"
        )
    )
    return {tuple(row) for row in (*columns, *whole)}  # type: ignore[misc]


def test_every_table_is_in_the_table_of_rights() -> None:
    assert set(RIGHTS) == set(TABLES)


def test_every_table_has_row_level_security_that_holds_for_its_owner_too(catalogue: Connection) -> None:
    found = catalogue.execute(
        text(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        )
    )
    states = {name: (on, forced) for name, on, forced in found.tuples()}
    assert states.pop(NOT_OURS) == (False, False)  # a revision's number, granted to nobody (below)
    assert states == dict.fromkeys(TABLES, (True, True))


def test_every_grant_is_in_the_table_of_rights_and_every_right_is_granted(catalogue: Connection) -> None:
    assert granted(catalogue) == expected()
    assert NOT_OURS not in {table for table, *_ in granted(catalogue)}


def test_every_table_has_a_policy_for_each_right_and_for_its_owner(catalogue: Connection) -> None:
    rows = catalogue.execute(text("SELECT tablename, policyname, roles::text[], cmd FROM pg_policies"))
    found = {(table, name, tuple(roles), command) for table, name, roles, command in rows.tuples()}
    wanted = {(table, f"{role}_{command.lower()}", (role,), command) for table, role, command, _ in expected()}
    owners = {entry for entry in found if entry[1] == OWNER}
    assert {(table, command) for table, _name, _roles, command in owners} == {(table, "ALL") for table in TABLES}
    assert not {role for _table, _name, roles, _command in owners for role in roles} & {*Role, "public"}
    assert found - owners == wanted


def test_a_function_that_sees_everything_finds_tables_by_their_full_names_only(catalogue: Connection) -> None:
    rows = catalogue.execute(
        text(
            "SELECT proname, prosecdef, proconfig, array(SELECT grantee::regrole::text FROM aclexplode(proacl) "
            "WHERE grantee <> proowner ORDER BY 1) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'korpu_')"
        )
    )
    found = {name: (definer, path, roles) for name, definer, path, roles in rows.tuples()}
    assert set(found) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        path = ["search_path=pg_catalog, pg_temp"] if function.definer else None
        assert found[function.name] == (function.definer, path, sorted(function.roles))
        for table in TABLES:
            assert f" {table} " not in f" {function.body} "


def test_the_roles_are_groups_that_row_level_security_binds(catalogue: Connection) -> None:
    rows = catalogue.execute(
        text(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (:names) AND NOT rolcanlogin AND NOT rolbypassrls "
            "AND NOT rolsuper AND NOT rolcreaterole AND NOT rolcreatedb"
        ),
        {"names": list(Role)},
    )
    assert set(rows.scalars()) == set(Role)


def test_the_newest_file_of_rights_is_what_the_table_says_now() -> None:
    """After a change of the table: `python -m referral.access <revision>`, for a revision that nobody has yet."""
    newest = max(FILES.glob("*.sql"))
    assert newest.stem in REVISIONS
    assert newest.read_text(encoding="utf-8") == script()


def _columns(table: str, columns: tuple[str, ...]) -> set[str]:
    assert columns == ALL or set(columns) <= TABLES[table]
    return TABLES[table] if columns == ALL else set(columns)
