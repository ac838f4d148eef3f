"""The command line, on a data folder of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.app import main
from bot.paths import ROOT
from bot.settings import Settings


def environ_of(data_dir: Path) -> dict[str, str]:
    """Return what the command needs to know as a process of its own."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KORPU_DATA_DIR": str(data_dir)}


class Korpu:
    """The command with its data folder."""

    def __init__(self, data_dir: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.data_dir = data_dir
        self.environ = environ_of(data_dir)
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: str, code: int = 0, typed: str = "") -> str:
        """Run it, check the exit code, return everything that it printed.

        A process of its own is needed only where it asks for something: a passphrase is read from the terminal.
        """
        ended, printed = self._as_process(arguments, typed) if typed else self._here(arguments)
        assert ended == code, printed
        assert "Traceback" not in printed
        return printed

    def _here(self, arguments: tuple[str, ...]) -> tuple[int, str]:
        for name in [name for name in os.environ if name.startswith(("KORPU_", "TELEGRAM_"))]:
            self._patch.delenv(name)
        for name, value in self.environ.items():
            self._patch.setenv(name, value)
        self._patch.setattr(sys, "argv", ["korpu", *arguments])
        before = signal.getsignal(signal.SIGTERM)
        try:
            ended = main()
        finally:
            signal.signal(signal.SIGTERM, before)
        return ended, "".join(self._capture.readouterr())

    def _as_process(self, arguments: tuple[str, ...], typed: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=self.data_dir.parent,
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            start_new_session=True,  # without a terminal of ours the passphrase is read from standard input
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def korpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Korpu:
    """Return the command over a folder that does not exist yet."""
    return Korpu(tmp_path / "var", monkeypatch, capsys)


def passphrase(printed: str) -> str:
    """Return the passphrase that was shown."""
    return next(word for word in printed.split() if word.count("-") == 5)


def test_help_is_quick_and_lists_only_what_there_is(korpu: Korpu) -> None:
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "bot.cli", "--help"], cwd=ROOT, capture_output=True, check=True)
    assert time.monotonic() - began < 2  # measured: 0.1 s; a loaded machine may be slower
    printed = korpu("--help")
    listed = {line.split()[0] for line in printed.partition("Commands:")[2].splitlines() if line.strip()}
    assert listed == {
        *("run", "init", "doctor", "train", "understand", "gate", "staff", "keys", "organisation", "audit"),
        *("content", "export", "statistics", "retention", "restore", "receipt", "demo"),
    }


@pytest.mark.parametrize("module", ["rasa", "tensorflow", "sqlalchemy", "spacy", "telegram", "aiohttp"])
def test_help_loads_nothing_heavy(module: str) -> None:
    script = f"import sys; import bot.cli.app; sys.exit({module!r} in sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_the_gate_needs_no_rasa(korpu: Korpu) -> None:
    script = "import sys; from bot.cli.gate import gate; gate(); sys.exit('rasa' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, input="hello\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('{"danger": null, "by": null, "ms": ')


def test_init_makes_real_keys_and_shows_the_passphrase_once(korpu: Korpu) -> None:
    printed = korpu("init", "--name", "Ümid", "--login", "Leyla")
    secret = passphrase(printed)
    assert "login: leyla" in printed
    for path in korpu.data_dir.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0 or path.parent.name in {"run", "public"}
    assert korpu.data_dir.stat().st_mode & 0o077 == 0
    assert "already holds the keys of 'Ümid'" in korpu("init", code=1)
    assert "are real" in korpu("demo", code=1)
    assert "leyla" in korpu("staff", "list")


def test_init_asks_for_what_it_was_not_given(korpu: Korpu) -> None:
    assert "login: aysel" in korpu("init", typed="Ümid\naysel\n")


def test_init_that_was_given_nothing_makes_nothing(korpu: Korpu) -> None:
    assert "must not be empty" in korpu("init", "--name", " ", "--login", "a", code=1)
    assert not (korpu.data_dir / "public").exists()


def test_a_demonstration_never_becomes_real(korpu: Korpu) -> None:
    shown = korpu("init", "--demo")
    assert "login: demo" in shown
    assert passphrase(korpu("demo")) == passphrase(shown)
    refused = korpu("init", "--name", "Ümid", "--login", "leyla", code=1)
    assert "holds a demonstration" in refused
    assert f"mv {korpu.data_dir} {korpu.data_dir}-demo" in refused


def test_a_key_holder_hands_the_key_on_and_the_last_one_cannot_leave(korpu: Korpu) -> None:
    first = passphrase(korpu("init", "--name", "Ümid", "--login", "leyla"))
    assert "the last one" in korpu("staff", "disable", "leyla", code=1)
    assert "wrong" in korpu("staff", "add", "nigar", "--by", "leyla", code=1, typed="no-such-passphrase\n")
    assert passphrase(korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{first}\n")) != first
    assert "taken" in korpu("staff", "add", "nigar", "--role", "editor", "--by", "leyla", code=1, typed=f"{first}\n")
    orxan = korpu("staff", "add", "orxan", "--role", "caseworker", "--by", "leyla", typed=f"{first}\n")
    assert "cannot hand it on" in korpu("staff", "add", "ali", "--by", "orxan", code=1, typed=f"{passphrase(orxan)}\n")
    rows = {line.split()[0]: line for line in korpu("staff", "list").splitlines()}
    assert ["has the key" in rows[login] for login in ("leyla", "nigar", "orxan")] == [True, True, False]
    assert "Only one person is left" in korpu("staff", "disable", "leyla")
    assert "the last one" in korpu("staff", "disable", "nigar", code=1)
    assert "There is no login 'nobody'" in korpu("staff", "disable", "nobody", code=1)
    assert "The audit log is whole." in korpu("audit", "verify")


def test_a_changed_audit_log_is_found(korpu: Korpu) -> None:
    import sqlite3

    korpu("init", "--name", "Ümid", "--login", "leyla")
    with sqlite3.connect(korpu.data_dir / "korpu.db") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE audit_event SET body = replace(body, 'staff_added', 'signed_in')")
    assert "was changed" in korpu("audit", "verify", code=1)


def test_retention_says_what_it_would_remove(korpu: Korpu) -> None:
    korpu("init", "--name", "Ümid", "--login", "leyla")
    assert korpu("retention", "--dry-run").startswith("Would remove: 0 cases")


@pytest.mark.parametrize("command", [("staff", "list"), ("audit", "verify"), ("retention",)])
def test_without_a_database_the_remedy_is_told(korpu: Korpu, command: tuple[str, ...]) -> None:
    assert "korpu: The database" in korpu(*command, code=1)


def test_without_keys_and_without_demo_nothing_starts(korpu: Korpu) -> None:
    from bot.errors import OperatorError
    from bot.supervisor.prepare import prepare

    settings = Settings.from_env({"KORPU_DATA_DIR": str(korpu.data_dir), "KORPU_DEMO": "0"})
    with pytest.raises(OperatorError, match="Run `korpu init`"):
        prepare(settings)


def test_demonstration_keys_are_refused_where_they_are_not_wanted(korpu: Korpu) -> None:
    from bot.errors import OperatorError
    from bot.supervisor.prepare import prepare

    korpu("init", "--demo")
    settings = Settings.from_env({"KORPU_DATA_DIR": str(korpu.data_dir), "KORPU_DEMO": "0"})
    with pytest.raises(OperatorError, match="demonstration keys"):
        prepare(settings)


def test_the_doctor_finds_what_others_can_read(korpu: Korpu) -> None:
    korpu("init", "--name", "Ümid", "--login", "leyla")
    (korpu.data_dir / "secrets" / "relay_key").chmod(0o644)
    printed = korpu("doctor", code=1)
    assert "secrets/relay_key can be read by others: chmod go=" in printed
    assert "only 1 person of 'Ümid' can read new cases" in printed


def test_a_wrong_setting_is_one_line(korpu: Korpu) -> None:
    korpu.environ["KORPU_CHAT_PORT"] = "eighty"
    assert korpu("run", code=1) == "korpu: KORPU_CHAT_PORT is 'eighty'; it must be a port number between 1 and 65535.\n"


def test_an_unreachable_database_is_one_line_without_its_password(korpu: Korpu) -> None:
    korpu.environ["KORPU_DATABASE_URL"] = "postgresql://korpu:tell-nobody@127.0.0.1:9/korpu"
    printed = korpu("demo", code=1)
    assert "cannot be used" in printed
    assert "tell-nobody" not in printed
    assert len(printed.splitlines()) == 1
