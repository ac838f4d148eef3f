"""requirements.lock: exact, hashed, and without the name of any host."""

import re

import pytest

from bot.paths import ROOT

REGISTRY = re.compile(r"pypi|(?<!no-emit-)(index-url|find-links)", flags=re.IGNORECASE)
LINES = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def test_every_line_is_a_pinned_package_or_its_hash() -> None:
    assert [line for line in LINES if not PINNED.match(line) and not HASH.match(line)] == []


def test_every_package_has_a_hash() -> None:
    for line, following in zip(LINES, [*LINES[1:], ""], strict=True):
        if PINNED.match(line):
            assert HASH.match(following), line


def test_what_the_project_asks_for_is_in_the_lock() -> None:
    asked = re.findall(r'^    "([a-zA-Z0-9-]+)[^"]*",$', (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)
    locked = {line.split("==")[0].split("[")[0] for line in LINES if PINNED.match(line)}
    assert {"rasa", "python-telegram-bot", "pytest"} <= locked
    assert {name.lower() for name in asked[:15]} <= locked


@pytest.mark.parametrize("where", ["Makefile", "pyproject.toml", "requirements.lock", "scripts", ".ci", "deploy"])
def test_no_file_of_the_build_names_a_registry(where: str) -> None:
    top = ROOT / where
    files = [path for path in (top, *top.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    found = [(path, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert files
    assert [(path, line) for path, line in found if REGISTRY.search(line)] == []
