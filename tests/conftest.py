"""What all tests share: a real PostgreSQL, and tests that run on both kinds of database."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from referral import upgrade_schema
from tests.databases import KINDS, OWNER, SQLITE_FILE, make_roles, migrated_template
from tests.postgres import Cluster, running_cluster
from tests.referral.conftest import first_on_postgresql, first_on_sqlite

# Models and lexicons are millions of objects that stay: looking through them for garbage at Python's usual pace costs a
# sixth of the time of all tests.
gc.set_threshold(50_000, 20, 20)
HERE = Path(__file__).parent
COSTLY = tuple(line for line in (HERE / "costly.txt").read_text().splitlines() if not line.startswith("#"))
__all__ = ["first_on_postgresql", "first_on_sqlite"]  # whoever imports `world` finds them here


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test of a database on both kinds, unless its `databases` marker names the kinds that it is about."""
    own = any("kind" in str(mark.args[0]).split(",") for mark in metafunc.definition.iter_markers("parametrize"))
    if "kind" in metafunc.fixturenames and not own:
        chosen = metafunc.definition.get_closest_marker("databases")
        metafunc.parametrize("kind", KINDS if chosen is None else chosen.args)


@pytest.fixture(scope="session", autouse=True)
def without_a_release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let nothing read the words that `make run` may have released from here before; a test can set its own folder."""
    before = os.environ.get("KORPU_DATA_DIR")
    os.environ["KORPU_DATA_DIR"] = str(tmp_path_factory.mktemp("var"))
    yield
    if before is None:
        del os.environ["KORPU_DATA_DIR"]
    else:
        os.environ["KORPU_DATA_DIR"] = before


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file with one worker; those of the whole system come first, with one: they take longest.

    What `make check` leaves to `make test` is marked `thorough`: the costly files, and the second kind of database.
    """
    for item in items:
        if _is_thorough(item):
            item.add_marker(pytest.mark.thorough)
        whole = item.get_closest_marker("slow") is not None
        item.add_marker(pytest.mark.xdist_group("whole" if whole else item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _is_thorough(item: pytest.Item) -> bool:
    on = getattr(item, "callspec", None)
    second = on is not None and on.params.get("kind") == "postgresql"
    return second or item.path.relative_to(HERE).as_posix().startswith(COSTLY)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, started with the first test that needs one."""
    with running_cluster() as running:
        make_roles(running)
        yield running


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> Iterator[str]:
    """A database with the present schema, to be copied."""
    with migrated_template(cluster) as name:
        yield name


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the present schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / SQLITE_FILE
    upgrade_schema(f"sqlite:///{file}")
    return file


@pytest.fixture
def bare_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, for its owner."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with cluster.database(owner=OWNER) as name:
        yield cluster.url(name, OWNER)
