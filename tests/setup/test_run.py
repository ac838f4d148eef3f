"""`korpu run` with everything real: Rasa, gateway, actions, console, janitor, sandbox."""

import os
import signal
import stat
import time
from pathlib import Path

import pytest

from tests.setup.whole import MODULES, Whole

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TOKEN = "424242:a-token-that-must-not-be-seen"


def test_it_starts_heals_and_stops(tmp_path: Path) -> None:
    with Whole(tmp_path / "var") as whole:
        ready = whole.line("^ready ")
        chat, console = whole.environ["KORPU_CHAT_PORT"], whole.environ["KORPU_CONSOLE_PORT"]
        assert ready == f"ready chat=http://127.0.0.1:{chat} console=http://127.0.0.1:{console}"
        assert any("DEMONSTRATION" in line for line in whole.lines)
        assert any("login: demo   passphrase: " in line for line in whole.lines)
        assert set(whole.pids()) == set(MODULES)
        _no_secret_in_an_environment(whole)
        for name in MODULES:
            before = whole.pids()[name]
            os.kill(before, signal.SIGKILL)
            whole.line(f"^{name} was ended by SIGKILL")
            whole.line(f"^ +{name} +is ready again")
            assert whole.pids()[name] != before
        began = time.monotonic()
        assert whole.stop() == 0
        assert time.monotonic() - began < 10
        assert whole.pids() == {}
        assert sum(line.startswith("ready ") for line in whole.lines) == 1
        assert not any("Traceback" in line for line in whole.lines)
    _only_the_owner_can_read(tmp_path / "var")


def test_with_a_token_the_same_command_serves_another_bot_api_server(tmp_path: Path) -> None:
    with Whole(tmp_path / "one") as sandbox:
        sandbox.line("^ready ")
        url = f"http://127.0.0.1:{sandbox.environ['KORPU_CHAT_PORT']}"
        os.kill(sandbox.pids()["gateway"], signal.SIGSTOP)  # only one may poll for updates
        with Whole(tmp_path / "two", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url) as whole:
            assert whole.line("^ready ").startswith("ready chat=https://t.me/")
            assert set(whole.pids()) == set(MODULES) - {"sandbox"}
            _no_secret_in_an_environment(whole)
            assert whole.stop(signal.SIGTERM) == 0
        assert not any(TOKEN in line for line in whole.lines)
        for path in (tmp_path / "two").rglob("*"):
            assert not path.is_file() or TOKEN.encode() not in path.read_bytes(), path
        os.kill(sandbox.pids()["gateway"], signal.SIGCONT)
        assert sandbox.stop() == 0


def _no_secret_in_an_environment(whole: Whole) -> None:
    secrets = [path.read_bytes() for path in (whole.data_dir / "secrets").iterdir()]
    shown = [secret.decode(errors="replace").strip() for secret in secrets] + [secret.hex() for secret in secrets]
    for pid in whole.pids().values():
        environment = whole.environment_of(pid)
        assert TOKEN not in environment
        assert not any(secret in environment for secret in shown)


def _only_the_owner_can_read(data_dir: Path) -> None:
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    for path in [*data_dir.glob("logs/*"), *data_dir.glob("secrets/*"), *data_dir.glob("*.db*")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
