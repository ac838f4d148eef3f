"""Drive the supervisor over stand-in processes."""

import asyncio
import os
import re
import socket
import sys
from pathlib import Path

from bot.supervisor.group import supervise
from bot.supervisor.spec import HttpHealth, Patience, ProcessSpec

STANDIN = Path(__file__).with_name("standin.py")
QUICK = Patience(
    start=20, poll=0.02, probe=0.5, watch_every=0.02, missed_probes=2, grace=1, failures=5, window=60, pauses=(0.01,)
)
LONGEST_WAIT = 30


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def standin(name: str, how: str = "", port: int | None = None) -> ProcessSpec:
    """Return the description of a stand-in process."""
    port = port or free_port()
    return ProcessSpec(
        name=name,
        command=(sys.executable, "-S", str(STANDIN), str(port), how),
        environment={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"},
        health=HttpHealth(f"http://127.0.0.1:{port}/health"),
        port=port,
        port_variable="KORPU_CHAT_PORT",
    )


class Run:
    """A supervisor that is running, and what it has said."""

    def __init__(self, *specs: ProcessSpec, log_dir: Path, patience: Patience = QUICK) -> None:
        self.said: list[str] = []
        self._changed = asyncio.Event()
        self.stopped = asyncio.Event()
        self.log_dir = log_dir
        self._task = asyncio.create_task(
            supervise(
                specs,
                log_dir=log_dir,
                say=self._say,
                on_ready=lambda: self._say("READY"),
                stopped=self.stopped,
                patience=patience,
            )
        )

    def _say(self, text: str) -> None:
        self.said.append(text)
        self._changed.set()

    async def line(self, pattern: str) -> str:
        """Wait for a line that has not been waited for before; return it and forget all before it."""
        async with asyncio.timeout(LONGEST_WAIT):
            while True:
                for number, line in enumerate(self.said):
                    if re.search(pattern, line):
                        del self.said[: number + 1]
                        return line
                self._changed.clear()
                await self._changed.wait()

    async def code(self) -> int:
        """Wait for the end; return the exit code."""
        async with asyncio.timeout(LONGEST_WAIT):
            return await self._task

    async def stop(self) -> int:
        """Ask for the end and wait for it."""
        self.stopped.set()
        return await self.code()


def children() -> dict[int, str]:
    """Return pid and command line of the stand-ins that run; other children belong to other tests' fixtures."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = stat.with_name("cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if parent == os.getpid() and str(STANDIN) in command:
            found[int(stat.parent.name)] = command
    return found


def pid_of(spec: ProcessSpec) -> int:
    """Return the process id of a stand-in; its port is in its command line."""
    return next(pid for pid, command in children().items() if f" {spec.port} " in command + " ")
