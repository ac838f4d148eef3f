"""One running process: started, watched, asked to stop, killed."""

import asyncio
import os
import signal
import time
from collections.abc import Callable

from bot.paths import ROOT
from bot.supervisor.logfile import LogFile
from bot.supervisor.spawn import die_with_parent
from bot.supervisor.spec import ProcessSpec

CHUNK = 65536
LAST_WORDS_SECONDS = 1.0


class Child:
    """A started process; its output goes to its log."""

    def __init__(self, process: asyncio.subprocess.Process, log: LogFile, say: Callable[[str], None]) -> None:
        self._process = process
        self._log = log
        self._say = say
        self._copying = asyncio.create_task(self._copy())
        self.started = time.time()

    @classmethod
    async def start(cls, spec: ProcessSpec, log: LogFile, say: Callable[[str], None]) -> "Child":
        """Start the process in a group of its own, so that Ctrl-C in the terminal reaches only the supervisor."""
        log.mark()
        process = await asyncio.create_subprocess_exec(
            *spec.command,
            cwd=ROOT,
            env=dict(spec.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=spec.pass_fds,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
        return cls(process, log, say)

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    async def wait(self) -> int:
        """Wait until it has ended and its last words are in the log; return its code, negative for a signal."""
        code = await self._process.wait()
        await asyncio.wait([self._copying], timeout=LAST_WORDS_SECONDS)
        self._copying.cancel()
        return code

    async def stop(self, grace: float) -> None:
        """Ask it to stop, and kill its whole group after `grace` seconds."""
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), grace)
        except TimeoutError:
            self.kill()
        await self.wait()

    def kill(self) -> None:
        """Kill it and whatever it has started."""
        self._signal(signal.SIGKILL)

    def _signal(self, sign: signal.Signals) -> None:
        if self._process.returncode is None:
            try:
                os.killpg(self._process.pid, sign)
            except ProcessLookupError:
                return  # it has just ended by itself

    async def _copy(self) -> None:
        output = self._process.stdout
        assert output is not None  # noqa: S101 - started with a pipe
        writable = True
        while data := await output.read(CHUNK):  # read on without a log: a full pipe would stop the process
            try:
                self._log.write(data)
            except OSError as error:
                if writable:
                    self._say(f"{self._log.path} cannot be written ({error.strerror}); check the disk.")
                writable = False
