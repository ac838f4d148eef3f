"""The doctor says with which rights each process reaches a PostgreSQL."""

from collections.abc import Iterator

import pytest

from bot.cli.checkup_roles import examine_roles
from bot.cli.finding import Grade
from bot.settings import Settings, database_variable
from referral.access.roles import PROCESSES
from tests.databases import LOGINS, OWNER
from tests.postgres import SUPERUSER, Cluster

OWN = {process: LOGINS[role] for process, role in PROCESSES.items()}


@pytest.fixture
def database(cluster: Cluster, template: str) -> Iterator[str]:
    """A database with the present schema."""
    with cluster.database(owner=OWNER, template=template) as name:
        yield name


def found(cluster: Cluster, database: str, logins: dict[str, str]) -> list[tuple[Grade, str]]:
    """Return what the doctor finds when the processes have these logins."""
    environ = {database_variable(process): cluster.url(database, login) for process, login in logins.items()}
    settings = Settings.from_env(environ | {"KORPU_DATABASE_URL": cluster.url(database, OWNER)})
    return [(finding.grade, finding.text) for finding in examine_roles(settings)]


def test_a_login_for_each_process_is_well(cluster: Cluster, database: str) -> None:
    grades = found(cluster, database, OWN)
    assert [grade for grade, _text in grades] == [Grade.OK] * 4
    assert f"{OWN['actions']!r}, with the rights of korpu_bot only" in grades[0][1]


def test_one_login_for_everything_is_noted(cluster: Cluster, database: str) -> None:
    ((grade, text),) = found(cluster, database, {})
    assert (grade, "row level security does not bind" in text) == (Grade.NOTE, True)


@pytest.mark.parametrize(
    ("login", "grade", "words"),
    [
        (OWNER, Grade.FAULT, "does not bind"),
        (SUPERUSER, Grade.FAULT, "does not bind"),
        (OWN["actions"], Grade.FAULT, "member of korpu_console alone, but is one of: korpu_bot"),
        ("nobody_known", Grade.NOTE, "cannot be tried from this account (OperationalError)"),
    ],
)
def test_another_login_is_told(cluster: Cluster, database: str, login: str, grade: Grade, words: str) -> None:
    told = found(cluster, database, OWN | {"console": login})[2]
    assert (told[0], words in told[1], "KORPU_DATABASE_URL_CONSOLE" in told[1]) == (grade, True, True)


def test_a_process_that_was_forgotten_is_told(cluster: Cluster, database: str) -> None:
    told = found(cluster, database, {process: login for process, login in OWN.items() if process != "janitor"})
    assert told[3] == (
        Grade.FAULT,
        "KORPU_DATABASE_URL_JANITOR is not set: this process would use the login of the database's owner",
    )


def test_sqlite_has_no_roles() -> None:
    assert examine_roles(Settings.from_env({})) == []
