"""One running system for the tests that leave it in order."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.running import System, running_system


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The whole system, shared."""
    with tempfile.TemporaryDirectory(prefix="korpu-test-") as folder, running_system(Path(folder)) as running:
        yield running
