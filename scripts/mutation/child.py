"""Run tests against one broken module, in a process of its own that cannot hurt anybody else."""

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Sequence
from enum import StrEnum, unique
from pathlib import Path
from types import CodeType, ModuleType

import pytest

MOST_MEMORY = 6 * 1024**3


@unique
class Fate(StrEnum):
    """What came of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"


class _Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Give the broken code when its module is imported."""

    def __init__(self, module: str, path: Path, code: CodeType) -> None:
        self._module, self._path, self._code = module, path, code

    def find_spec(self, fullname: str, *_others: object) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)  # type: ignore[arg-type]

    def exec_module(self, module: ModuleType) -> None:
        """Run the broken code."""
        exec(self._code, module.__dict__)  # noqa: S102 - our own code, changed in one place


def fate(module: str, path: Path, code: CodeType | None, tests: Sequence[str], *, seconds: int) -> Fate:
    """Run tests in a child with a module's code exchanged (None: as it is); the first failure ends them."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _run(module, path, code, tests, seconds)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Fate.TIMED_OUT if os.WTERMSIG(status) == signal.SIGALRM else Fate.KILLED
    return Fate.SURVIVED if os.WEXITSTATUS(status) == 0 else Fate.KILLED


def _run(module: str, path: Path, code: CodeType | None, tests: Sequence[str], seconds: int) -> None:
    """Never return: the child ends here."""
    result = 1
    with contextlib.suppress(BaseException):
        signal.alarm(seconds)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        nothing = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            os.dup2(nothing, descriptor)
        if code is not None:
            sys.meta_path.insert(0, _Broken(module, path, code))
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = (
            "1"  # to load what nobody here needs would take longer than to test
        )
        options = ["-x", "-q", "-p", "no:cacheprovider", "--noconftest", "-o", "addopts=", "-W", "ignore"]
        result = int(pytest.main([*options, *tests]))
    os._exit(result)
