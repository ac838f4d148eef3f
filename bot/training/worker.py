"""The child process that trains: it imports Rasa, and tells its stages on a pipe of its own.

Everything that Rasa prints goes to standard output and error, which the parent has put into a log file.
"""

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

WORDS = {
    "LanguageIdentifier": "learning to tell the languages apart",
    "PooledLinearClassifier": "learning what people mean",
    "MemoizationPolicy": "learning the course of the dialogue",
    "RulePolicy": "checking that the rules fit together",
}
STARTING = "Starting to train component '"
REASON_LINES = 3
Report = Callable[[str, str], None]


class StageHandler(logging.Handler):
    """Turn Rasa's lines about its components into stages."""

    def __init__(self, report: Report) -> None:
        super().__init__(logging.INFO)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report a component that starts."""
        message = record.getMessage()
        if message.startswith(STARTING):
            name = message.removeprefix(STARTING).rstrip("'.")
            self._report("stage", WORDS.get(name, f"training {name}"))


def train(folder: Path, name: str, words: Path, report: Report) -> None:
    """Train into `folder`/`name`; raise what Rasa raises."""
    report("stage", "starting Rasa; beside it, learning to see danger")
    target = folder / f"danger-{name.removeprefix('korpu-').removesuffix('.tar.gz')}.npz"
    danger = subprocess.Popen([sys.executable, "-m", "bot.training.danger", str(target), str(words)])
    from rasa.model_training import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.addHandler(StageHandler(report))
    report("stage", "reading examples and rules")
    result = rasa_train(
        "domain.yml",
        "config.yml",
        ["data/nlu", "data/rules"],
        output=str(folder),
        fixed_model_name=name,
        force_training=True,
    )
    if result.code != 0 or not (folder / name).exists():
        raise RuntimeError("Rasa has made no model")
    if danger.wait() != 0:
        raise RuntimeError("the danger gate's model could not be trained")


def main() -> int:
    """Train, and end with one message on the pipe when it failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--pipe", type=int, required=True)
    options = parser.parse_args()
    with os.fdopen(options.pipe, "w", encoding="utf-8", buffering=1) as pipe:
        try:
            train(options.folder, options.name, options.words, partial(_report, pipe))
        except Exception as error:
            logging.getLogger(__name__).exception("The training failed.")
            print(f"failed\t{_reason(error)}", file=pipe)
            return 1
    return 0


def _report(pipe: TextIO, kind: str, text: str) -> None:
    print(f"{kind}\t{text}", file=pipe)


def _reason(error: Exception) -> str:
    """Return the cause in one line; Rasa wraps it in errors that name only the graph's node."""
    while error.__cause__ is not None and isinstance(error.__cause__, Exception):
        error = error.__cause__
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:REASON_LINES]) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
