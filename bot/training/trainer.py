"""Train in a child process, show how far it is, and put the model in its place whole or not at all."""

import fcntl
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.models import models_by_age
from bot.paths import MODELS, ROOT
from bot.supervisor.spawn import die_with_parent, minimal_environment
from bot.training.checks import TrainingError, check_project, files_of_rules
from bot.training.inputs import LOCALES, fingerprint

KEPT_MODELS = 2
SIGN_OF_LIFE_SECONDS = 10.0
Say = Callable[[str], None]


def train(
    *,
    log_file: Path,
    say: Say,
    root: Path = ROOT,
    words: Path | None = None,
    models: Path = MODELS,
    force: bool = False,
) -> Path:
    """Return the model of the present inputs, trained now unless it is there already.

    `words` is the folder of the editors' files whose patterns of danger are learned with, `locales` if it is left out.
    Progress goes to `say`, what Rasa prints to `log_file`. Raise `TrainingError` with one clear message.
    """
    check_project(root)
    models.mkdir(exist_ok=True)
    with _one_at_a_time(models, say):
        print_of_inputs = fingerprint(root, words)
        model, danger = models / f"korpu-{print_of_inputs}.tar.gz", models / f"danger-{print_of_inputs}.npz"
        if model.exists() and not force:
            for served in (model, danger):
                if served.exists():
                    served.touch()  # the newest one is the one that is served
            return model
        say("Training the model" + (" anew." if force else ": what it is made from has changed."))
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=".part-", dir=models) as folder:
            _run_worker(
                root,
                [f"--folder={folder}", f"--name={model.name}", f"--words={words or root / LOCALES}"],
                log_file,
                _timed(say, started),
            )
            trained = Path(folder) / danger.name
            if trained.exists():
                trained.replace(danger)
            (Path(folder) / model.name).replace(model)
        for old in models_by_age(models)[:-KEPT_MODELS]:
            old.unlink()
            (models / f"danger-{old.name.removeprefix('korpu-').removesuffix('.tar.gz')}.npz").unlink(missing_ok=True)
        say(f"  {time.monotonic() - started:5.1f} s  trained: {model.name}, {model.stat().st_size / 1e6:.1f} MB")
        return model


@contextmanager
def _one_at_a_time(models: Path, say: Say) -> Iterator[None]:
    with (models / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another process is training the model; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        for left in models.glob(".part-*"):  # of a training that was killed
            shutil.rmtree(left)
        yield


def _timed(say: Say, started: float) -> Say:
    return lambda text: say(f"  {time.monotonic() - started:5.1f} s  {text}")


def _run_worker(root: Path, arguments: list[str], log_file: Path, say: Say) -> None:
    reading, writing = os.pipe()
    try:
        worker = _start_worker(root, arguments, log_file, writing)
    finally:
        os.close(writing)
    try:
        failure = _follow(reading, say)
        code = worker.wait()
    finally:
        os.close(reading)
        worker.kill()
        worker.wait()
    if code != 0:
        reason = (failure or f"the process ended with code {code}").rstrip(".")
        files = files_of_rules(reason, root)
        where = f"See {', '.join(files)}. " if files else ""
        raise TrainingError(f"The model cannot be trained: {reason}. {where}The full report is in {log_file}.")


def _start_worker(root: Path, arguments: list[str], log_file: Path, pipe: int) -> "subprocess.Popen[bytes]":
    log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.training.worker", *arguments, f"--pipe={pipe}"],
            cwd=root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(pipe,),
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
    finally:
        os.close(log)


def _follow(pipe: int, say: Say) -> str | None:
    """Say each stage as it begins, and a sign of life while a long one lasts; return the failure, if any."""
    rest, stage, failure = b"", "starting", None
    while True:
        if not select.select([pipe], [], [], SIGN_OF_LIFE_SECONDS)[0]:
            say(f"… still {stage}")
            continue
        chunk = os.read(pipe, 65536)
        if not chunk:
            return failure
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            kind, _, text = line.decode().partition("\t")
            if kind == "failed":
                failure = text
            else:
                stage = text
                say(text)


def _environment() -> dict[str, str]:
    return minimal_environment(os.environ) | {
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",  # our fingerprint covers code that Rasa's cache does not see
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TQDM_DISABLE": "1",
    }
