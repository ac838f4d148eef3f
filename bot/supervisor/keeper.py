"""Keep one process running: start it, see that it is well, start it again when it has ended."""

import asyncio
import contextlib
import signal
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import aiohttp

from bot.errors import OperatorError
from bot.supervisor.child import Child
from bot.supervisor.health import Health, probe
from bot.supervisor.logfile import LogFile
from bot.supervisor.spec import HttpHealth, Patience, ProcessSpec

CONFIGURATION = 2  # the exit code of a process that cannot run with what it was given


class GaveUp(OperatorError):
    """A process cannot be kept running; the message says which, its last line, and what to do."""


class Keeper:
    """The life of one process over all its restarts."""

    def __init__(
        self,
        spec: ProcessSpec,
        *,
        log_dir: Path,
        http: aiohttp.ClientSession,
        say: Callable[[str], None],
        patience: Patience,
    ) -> None:
        self.spec = spec
        self.ready = asyncio.Event()
        self._log = _open_log(log_dir / f"{spec.name}.log")
        self._http = http
        self._say = say
        self._patience = patience
        self._failed_at: deque[float] = deque(maxlen=patience.failures)
        self._failures_in_a_row = 0
        self._child: Child | None = None
        self._stopping = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Return the process id of the present process."""
        return self._child.pid if self._child else None

    async def run(self) -> None:
        """Keep the process running until `stop`; raise `GaveUp` when that is hopeless."""
        while not self._stopping.is_set():
            child = self._child = await self._start()
            if self._stopping.is_set():  # while it was being started
                await child.stop(self._patience.grace)
                return
            code = await self._until_ended(child)
            if not self._stopping.is_set():
                await self._pause_after(code)

    async def stop(self) -> None:
        """Ask the process to stop and wait until it has, or kill it."""
        self._stopping.set()
        if self._child is not None:
            await self._child.stop(self._patience.grace)

    def close(self) -> None:
        """Close the log, when `run` has returned."""
        self._log.close()

    async def _start(self) -> Child:
        try:
            return await Child.start(self.spec, self._log, self._say)
        except OSError as error:
            raise GaveUp(f"{self.spec.name} cannot be started: {error.strerror}.") from error

    async def _until_ended(self, child: Child) -> int:
        """Watch the process until it ends; return its code. Raise `GaveUp` when it never becomes ready."""
        watching = asyncio.create_task(self._watch(child))
        code = await child.wait()
        watching.cancel()
        await asyncio.wait([watching])
        if not watching.cancelled() and (error := watching.exception()) is not None:
            raise error
        return code

    async def _watch(self, child: Child) -> None:
        """Wait until the process is well, then look at it from time to time."""
        began = time.monotonic()
        while await self._probe(child) is not Health.WELL:
            if time.monotonic() - began > self._patience.start:
                child.kill()
                raise GaveUp(self._hopeless(f"has not become ready in {self._patience.start:.0f} s"))
            await asyncio.sleep(self._patience.poll)
        self._failures_in_a_row = 0
        again = " again" if self.ready.is_set() else ""
        self._say(f"  {self.spec.name:<8} is ready{again} after {time.monotonic() - began:.1f} s")
        self.ready.set()
        await self._watch_for_silence(child)

    async def _watch_for_silence(self, child: Child) -> None:
        missed = 0
        while isinstance(self.spec.health, HttpHealth):
            await asyncio.sleep(self._patience.watch_every)
            missed = missed + 1 if await self._probe(child) is Health.SILENT else 0
            if missed >= self._patience.missed_probes:
                self._say(f"{self.spec.name} has not answered {missed} times in a row and is started anew.")
                child.kill()
                return

    async def _probe(self, child: Child) -> Health:
        return await probe(self._http, self.spec.health, since=child.started, wait=self._patience.probe)

    async def _pause_after(self, code: int) -> None:
        """Say what has happened and wait a little longer each time; raise `GaveUp` when it has happened too often."""
        now = time.monotonic()
        self._failed_at.append(now)
        self._failures_in_a_row += 1
        if code == CONFIGURATION and not self.ready.is_set():
            raise GaveUp(self._hopeless("cannot run"))
        lately = sum(now - at <= self._patience.window for at in self._failed_at)
        if max(lately, self._failures_in_a_row) >= self._patience.failures:
            raise GaveUp(self._hopeless(f"has stopped {self._patience.failures} times in short order"))
        pause = self._patience.pauses[min(lately, len(self._patience.pauses)) - 1]
        self._say(f"{self.spec.name} {_ending(code)} and starts again in {pause:g} s. Log: {self._log.path}")
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), pause)

    def _hopeless(self, what: str) -> str:
        last = self._log.last_line() or "(nothing in its log)"
        return f"{self.spec.name} {what}. Its last line: “{last}” Mend that and start again. Log: {self._log.path}"


def _open_log(path: Path) -> LogFile:
    try:
        return LogFile(path)
    except OSError as error:
        raise GaveUp(f"The log {path} cannot be opened: {error.strerror}.") from error


def _ending(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"has stopped (exit code {code})"
