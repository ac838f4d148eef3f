"""The whole system, started as `make run` starts it, on ports and a data directory of its own."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KORPU = ROOT / ".venv" / "bin" / "korpu"
START_SECONDS = 180.0
PORTS = ("CHAT", "CONSOLE", "RASA", "ACTIONS", "GATEWAY")
MODULES = {
    "rasa": "bot.rasa_server",
    "actions": "bot.action_server",
    "gateway": "bot.gateway",
    "console": "referral.console",
    "janitor": "referral.retention",
    "content": "bot.content.live",
    "sandbox": "bot.sandbox",
}


@dataclass
class System:
    """A running system: where it is and how to treat it badly."""

    process: subprocess.Popen[str]
    data_dir: Path
    ports: dict[str, int]
    output: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def chat(self) -> str:
        """Return the address of the chat."""
        return f"http://127.0.0.1:{self.ports['CHAT']}"

    @property
    def console(self) -> str:
        """Return the address of the console."""
        return f"http://127.0.0.1:{self.ports['CONSOLE']}"

    @property
    def account(self) -> tuple[str, str]:
        """Return login and passphrase of the demonstration."""
        login, passphrase = (self.data_dir / "secrets" / "demo_staff").read_text(encoding="utf-8").split()[:2]
        return login, passphrase

    def pid(self, name: str) -> int:
        """Return the process id of one of the system's processes."""
        module = MODULES[name]
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        for line in listed.splitlines()[1:]:
            pid, parent, arguments = line.split(None, 2)
            if f"-m {module}" in arguments and (int(parent) == self.process.pid or self._own(int(pid))):
                return int(pid)
        raise AssertionError(f"{name} is not running")

    def kill(self, name: str) -> None:
        """Kill a process without warning."""
        os.kill(self.pid(name), signal.SIGKILL)

    def pause(self, name: str) -> None:
        """Freeze a process."""
        os.kill(self.pid(name), signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let a frozen process go on."""
        os.kill(self.pid(name), signal.SIGCONT)

    def wait_line(self, pattern: str, *, times: int = 1, seconds: float = 60.0) -> None:
        """Wait until so many lines of the output fit."""
        deadline = time.monotonic() + seconds
        while len(re.findall(pattern, self.output.read_text(encoding="utf-8"), re.MULTILINE)) < times:
            if time.monotonic() > deadline:
                raise AssertionError(f"No {times} lines fit {pattern!r}:\n{self.output.read_text(encoding='utf-8')}")
            time.sleep(0.1)

    def _own(self, pid: int) -> bool:
        with contextlib.suppress(OSError):
            return f"KORPU_DATA_DIR={self.data_dir}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
        return False


@contextlib.contextmanager
def running_system(folder: Path, **environment: str) -> Iterator[System]:
    """Start everything, give it, stop it."""
    data_dir = folder / "var"
    ports = dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
    env = {key: value for key, value in os.environ.items() if not key.startswith(("KORPU_", "TELEGRAM_"))}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env |= {f"KORPU_{name}_PORT": str(port) for name, port in ports.items()}
    env |= {"KORPU_DATA_DIR": str(data_dir), "RASA_TELEMETRY_ENABLED": "false", "TMPDIR": str(folder)} | environment
    output = folder / "output.txt"
    with output.open("w") as out:
        process = subprocess.Popen(
            [str(KORPU), "run"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, text=True
        )
        try:
            _wait_ready(process, output)
            yield System(process, data_dir, ports, output, env)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@contextlib.asynccontextmanager
async def running_beside(folder: Path, **environment: str) -> AsyncIterator[System]:
    """Do the same while the test's own event loop goes on, because a server of the test lives there."""
    context = running_system(folder, **environment)
    system = await asyncio.to_thread(context.__enter__)
    try:
        yield system
    finally:
        await asyncio.to_thread(context.__exit__, None, None, None)


def _wait_ready(process: subprocess.Popen[str], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not re.search(r"^ready chat=\S+ console=\S+$", output.read_text(encoding="utf-8"), re.MULTILINE):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The system did not start:\n{output.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
