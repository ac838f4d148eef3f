"""`korpu run` as a child of the test: its lines as they come, and the processes that it has started."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.paths import ROOT
from tests.setup.running import free_port

PORTS = ("KORPU_CHAT_PORT", "KORPU_CONSOLE_PORT", "KORPU_RASA_PORT", "KORPU_ACTIONS_PORT", "KORPU_GATEWAY_PORT")
LONGEST_START = 240.0
MODULES = {
    "sandbox": "bot.sandbox",
    "rasa": "bot.rasa_server",
    "actions": "bot.action_server",
    "gateway": "bot.gateway",
    "console": "referral.console",
    "janitor": "referral.retention",
    "content": "bot.content.live",
}


class Whole:
    """The whole system on free ports and a data folder of its own."""

    def __init__(self, data_dir: Path, **environ: str) -> None:
        self.data_dir = data_dir
        self.environ = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **{name: str(free_port()) for name in PORTS},
            "PYTHONPATH": str(ROOT),
            "KORPU_DATA_DIR": str(data_dir),
            **environ,
        }
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"],
            cwd=data_dir.parent,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        self._output = self.process.stdout
        self._rest = b""

    def line(self, pattern: str, seconds: float = LONGEST_START) -> str:
        """Wait for the next line that fits."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for line in self._new_lines(left):
                if re.search(pattern, line):
                    return line
            if self.process.poll() is not None:
                break
        raise AssertionError(f"No line fits {pattern!r}:\n" + "\n".join(self.lines))

    def _new_lines(self, seconds: float) -> list[str]:
        if not select.select([self._output], [], [], seconds)[0]:
            return []
        *whole, self._rest = (self._rest + os.read(self._output.fileno(), 65536)).split(b"\n")
        new = [line.decode() for line in whole]
        self.lines += new
        return new

    def pids(self) -> dict[str, int]:
        """Return the process ids by the names of the processes."""
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                command = stat.with_name("cmdline").read_text().split("\0")
            except OSError:
                continue
            if parent == self.process.pid:
                found |= {name: int(stat.parent.name) for name, module in MODULES.items() if module in command}
        return found

    def environment_of(self, pid: int) -> str:
        """Return the environment with which a process was started."""
        return Path(f"/proc/{pid}/environ").read_text()

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop, as Ctrl-C does; return the exit code."""
        self.process.send_signal(sign)
        code = self.process.wait(15)
        self.lines += self._output.read().decode().splitlines()
        return code

    def __enter__(self) -> "Whole":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._output.close()
