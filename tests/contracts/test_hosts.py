"""What the access matrix takes each host to hold is what its code reads and what the supervisor gives it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.settings import Settings
from bot.supervisor.processes import process_list
from referral.keys import SECRETS
from tests.referral.matrix.hosts import HOSTS, Host

MAKES_THEM = {"referral/keys.py"}  # names every secret because it makes them, at set-up


def _processes() -> dict[str, dict[str, str]]:
    settings = Settings.from_env({})
    return {spec.name: dict(spec.environment) for spec in process_list(settings, environ={})}


def test_every_process_is_a_host_and_begins_where_the_supervisor_begins_it() -> None:
    started = {spec.name: spec.command[-1] for spec in process_list(Settings.from_env({}), environ={})}
    assert started == {host.name: host.modules[0] for host in HOSTS}


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_who_is_given_the_database_is_taken_to_have_it(host: Host) -> None:
    environment = _processes()[host.name]
    assert ("KORPU_DATABASE_URL" in environment) == host.database
    assert "KORPU_DATA_DIR" in environment or not (host.secrets or host.files)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_reads_the_secrets_that_it_is_taken_to_hold_and_no_others(host: Host) -> None:
    named = {name for path in _code_of(host) for name in _texts(path) if name in SECRETS}
    assert named == host.secrets


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_only_the_gateway_opens_the_gateways_own_file(host: Host) -> None:
    assert any("gateway.db" in _texts(path) for path in _code_of(host)) == ("gateway.db" in host.files)


def test_nobody_but_the_operator_reads_the_key_that_signs_the_list() -> None:
    admin = ROOT / "referral" / "adminkey.py"
    assert [host.name for host in HOSTS if admin in _code_of(host)] == []


def _code_of(host: Host) -> set[Path]:
    """Return every file of ours that a process can load, from where it begins and from what is loaded by name."""
    todo = {path for module in host.modules for path in _files(module, whole=True)}
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        found.add(path)
        todo |= set(_imports(path)) - found
    return {path for path in found if path.relative_to(ROOT).as_posix() not in MAKES_THEM}


@cache
def _imports(path: Path) -> frozenset[Path]:
    """Return the files of ours that a file imports, wherever in it."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(file for alias in node.names for file in _files(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.update(_files(node.module))
            found.update(file for alias in node.names for file in _files(f"{node.module}.{alias.name}"))
    return frozenset(found)


def _files(module: str, *, whole: bool = False) -> Iterator[Path]:
    """Yield the file of a module of ours, and those of the packages around it; all of a package if it is `whole`."""
    parts = module.split(".")
    if parts[0] not in {"bot", "referral"}:
        return
    place = ROOT.joinpath(*parts)
    if place.is_dir() and whole:
        yield from place.rglob("*.py")
    around = [ROOT.joinpath(*parts[:length], "__init__.py") for length in range(1, len(parts) + 1)]
    yield from (path for path in (place.with_suffix(".py"), *around) if path.is_file())


@cache
def _texts(path: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
