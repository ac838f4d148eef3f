"""Break `referral.crypto` in every small way and count which ways the tests notice; write no file.

python -m scripts.mutate [--only codes.py] [--jobs 2]. The last line is `killed/total`; the exit code is 1 below 0.90.
Survivors that are no fault of the tests are listed with reasons in scripts/mutation/equivalent.txt and counted apart.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nacl.bindings  # noqa: F401 - loaded once here, not once in each child

from scripts.mutation.child import Fate, fate
from scripts.mutation.operators import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "referral" / "crypto"
EQUIVALENT = Path(__file__).parent / "mutation" / "equivalent.txt"
TESTS = (ROOT / "tests" / "crypto", ROOT / "tests" / "referral" / "test_vectors.py")
FLOOR = 0.90
SECONDS = 60
_TODO: list[tuple[Path, Mutant]] = []


@dataclass(frozen=True)
class Result:
    """One mutant and what came of it."""

    path: Path
    mutant: Mutant
    fate: Fate

    @property
    def name(self) -> str:
        """Return what it is called in the list of equivalent ones; lines may move, so they are not in it."""
        return f"{self.path.name} | {self.mutant.before} | {self.mutant.after}"


def main(arguments: Sequence[str]) -> int:
    """Do it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="a file of the package; may be given again")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    paths = [path for path in sorted(PACKAGE.glob("*.py")) if not options.only or path.name in options.only]
    if fate("", PACKAGE, None, _tests(), seconds=10 * SECONDS) is not Fate.SURVIVED:
        print("The tests fail before anything is broken. Run: pytest tests/crypto", file=sys.stderr)
        return 2
    _TODO.extend((path, mutant) for path in paths for mutant in mutants(path.read_text(encoding="utf-8")))
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:  # processes: a fork of threads could hang
        results = [_told(Result(*_TODO[number], found)) for number, found in enumerate(pool.imap(_try, _numbers()))]
    return _report(results)


def _numbers() -> range:
    return range(len(_TODO))


def _told(result: Result) -> Result:
    """Say at once what survived: the whole takes its time."""
    if result.fate is Fate.SURVIVED:
        print(f"survived  {result.path.name}:{result.mutant}", flush=True)
    return result


def _try(number: int) -> Fate:
    path, mutant = _TODO[number]
    try:
        code = compile(mutant.tree, str(path), "exec")
    except (SyntaxError, ValueError):
        return Fate.KILLED
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    first, *others = _tests(path)
    found = fate(module, path, code, [first], seconds=SECONDS)
    return fate(module, path, code, others, seconds=SECONDS) if found is Fate.SURVIVED else found


def _tests(path: Path | None = None) -> list[str]:
    """Return the files of tests, that of the module first."""
    files = [file for place in TESTS for file in ([place] if place.is_file() else sorted(place.glob("test_*.py")))]
    own = path is not None and f"test_{path.stem}.py"
    return [str(file) for file in sorted(files, key=lambda file: file.name != own)]


def _report(results: list[Result]) -> int:
    equivalent = {
        line.rpartition(" | ")[0] for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if " | " in line
    }
    alive = [result for result in results if result.fate is Fate.SURVIVED]
    excused = [result for result in alive if result.name in equivalent]
    for name in sorted(equivalent - {result.name for result in alive}):
        print(f"no longer there or killed, take it off the list of equivalent ones: {name}")
    for path in sorted({result.path for result in results}):
        own = [result for result in results if result.path == path]
        print(f"{path.name:18} {sum(result.fate is not Fate.SURVIVED for result in own)}/{len(own)}")
    killed, total = len(results) - len(alive), len(results)
    timed_out = sum(result.fate is Fate.TIMED_OUT for result in results)
    print(f"Of {total}: {killed} noticed ({timed_out} by taking too long), {len(excused)} equivalent, with reasons.")
    print(f"{killed}/{total} {killed / total:.3f}")
    return 0 if killed / total >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
