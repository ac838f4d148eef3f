"""A real PostgreSQL for the tests: started once, in a folder of its own, reachable through a socket only."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import OperationalError

SUPERUSER = "postgres"
PLACES = "/usr/lib/postgresql"  # Debian keeps the servers outside PATH
UNPRIVILEGED = ("postgres", "nobody")  # the server refuses to run as root
START_SECONDS = 60.0
QUICKLY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "listen_addresses=")
QUIETLY = ("log_error_verbosity=terse", "log_parameter_max_length=0")  # as docs/operators.md asks for
_numbers = count(1)


class NoPostgres(Exception):
    """PostgreSQL is not installed; the message says what to do."""


@dataclass(frozen=True)
class Cluster:
    """A running server; whoever can reach its socket is whoever they say."""

    folder: Path
    port: int = 5432

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """Return the address of a database for a role."""
        query = {"host": str(self.folder), "port": str(self.port)}
        return URL.create("postgresql+psycopg", username=user, database=database, query=query).render_as_string()

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Let the superuser run statements, each by itself."""
        with self.superuser(database) as connection:
            for statement in statements:
                connection.execution_options(no_parameters=True).exec_driver_sql(statement)

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[Connection]:
        """Give a connection that sees everything and is in no transaction."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def copies(self, template: str, *, owner: str) -> Iterator[Callable[[], AbstractContextManager[str]]]:
        """Give a way to copies of a database; the next one is made, and the last one dropped, while a test runs."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            waiting = [beside.submit(self._copy, template, owner)]

            @contextlib.contextmanager
            def copy() -> Iterator[str]:
                name = waiting.pop().result()
                waiting.append(beside.submit(self._copy, template, owner))
                try:
                    yield name
                finally:
                    beside.submit(self._drop, name)

            yield copy
            self._drop(waiting.pop().result())

    @contextlib.contextmanager
    def database(self, *, owner: str = SUPERUSER, template: str = "template0") -> Iterator[str]:
        """Make a database, give its name and drop it afterwards."""
        name = self._copy(template, owner)
        try:
            yield name
        finally:
            self._drop(name)

    def _copy(self, template: str, owner: str) -> str:
        name = f"test_{next(_numbers)}"
        self.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE "{template}"')
        return name

    def _drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def bytes_of(self, database: str) -> bytes:
        """Return every byte of a database's tables as they lie on the disk."""
        self.execute("CHECKPOINT", database=database)
        with self.superuser(database) as connection:
            oid = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        return b"".join(_contents(self.folder / "data" / "base" / str(oid)))

    def all_bytes(self) -> bytes:
        """Return every byte that the server keeps: tables, write-ahead log, its own log."""
        self.execute("CHECKPOINT")
        return b"".join(_contents(self.folder))


@contextlib.contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a server and stop it afterwards; it also ends when the tests are killed."""
    folder = Path(tempfile.mkdtemp(prefix="korpu-pg-", dir="/tmp"))  # short: a socket's path must be
    account = _account()
    if account is not None:
        shutil.chown(folder, account)
    try:
        _run([program("initdb"), "-D", str(folder / "data"), "-U", SUPERUSER, *_initdb_options()], account)
        process = _start(folder, account)
        try:
            cluster = Cluster(folder)
            _wait(cluster, process)
            yield cluster
        finally:
            process.terminate()
            process.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder)


def _initdb_options() -> tuple[str, ...]:
    return ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")


def _start(folder: Path, account: str | None) -> "subprocess.Popen[bytes]":
    settings = [part for one in (*QUICKLY, *QUIETLY, f"unix_socket_directories={folder}") for part in ("-c", one)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*_as(account), "--pdeathsig", "INT", program("postgres"), "-D", str(folder / "data"), *settings],
            stdout=log,
            stderr=log,
            cwd="/",
        )


def _wait(cluster: Cluster, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers; raise what it said when it does not."""
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            cluster.execute("SELECT 1")
        except OperationalError:
            if process.poll() is not None or time.monotonic() > limit:
                raise NoPostgres(f"PostgreSQL does not start:\n{(cluster.folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _run(command: list[str], account: str | None) -> None:
    done = subprocess.run([*_as(account), *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise NoPostgres(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _as(account: str | None) -> list[str]:
    return ["setpriv"] + ([] if account is None else ["--reuid", account, "--regid", _group(account), "--clear-groups"])


def _account() -> str | None:
    """Return who runs the server: ourselves, or somebody without rights when we are root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _group(account: str) -> str:
    return str(pwd.getpwnam(account).pw_gid)


def program(name: str) -> str:
    """Return the path of one of the newest server's programs; raise `NoPostgres` when there is none."""
    newest_first = sorted(Path(PLACES).glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, newest_first), os.environ.get("PATH", "")]))
    if found is None:
        raise NoPostgres(
            f"The tests need PostgreSQL: there is no {name} in PATH or {PLACES}. Run scripts/install-test-packages.sh."
        )
    return found


def _contents(folder: Path) -> Iterator[bytes]:
    return (file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
