"""All processes together: started at once, stopped at once."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import aiohttp

from bot.errors import OperatorError
from bot.supervisor.keeper import Keeper
from bot.supervisor.spec import Patience, ProcessSpec


class Group:
    """The keepers of all processes."""

    def __init__(
        self,
        specs: Iterable[ProcessSpec],
        *,
        log_dir: Path,
        http: aiohttp.ClientSession,
        say: Callable[[str], None],
        patience: Patience,
    ) -> None:
        self.keepers = [Keeper(spec, log_dir=log_dir, http=http, say=say, patience=patience) for spec in specs]
        self._tasks: list[asyncio.Task[None]] = []

    async def until_ready(self, stopped: asyncio.Event) -> bool:
        """Start everything and wait until all is well; False when `stopped` came first. Raise `GaveUp`."""
        self._tasks = [asyncio.create_task(keeper.run()) for keeper in self.keepers]
        ready = asyncio.create_task(_all_ready(self.keepers))
        await self._until(ready, stopped)
        return ready.done() and not ready.cancelled()

    async def until_stopped(self, stopped: asyncio.Event) -> None:
        """Keep everything running until `stopped`; raise `GaveUp`."""
        await self._until(asyncio.create_task(stopped.wait()), stopped)

    async def stop(self) -> None:
        """Stop everything at the same time."""
        await asyncio.gather(*(keeper.stop() for keeper in self.keepers))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for keeper in self.keepers:
            keeper.close()

    async def _until(self, event: "asyncio.Task[object]", stopped: asyncio.Event) -> None:
        stopping = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait([event, stopping, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not event.done():
                event.cancel()
        for task in self._tasks:
            if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                raise error


async def _all_ready(keepers: list[Keeper]) -> None:
    for keeper in keepers:
        await keeper.ready.wait()


async def supervise(
    specs: Iterable[ProcessSpec],
    *,
    log_dir: Path,
    say: Callable[[str], None],
    on_ready: Callable[[], None],
    stopped: asyncio.Event,
    patience: Patience | None = None,
) -> int:
    """Run the processes until `stopped` is set; return 0, or 1 when one of them could not be kept running."""
    async with aiohttp.ClientSession() as http:
        group = Group(specs, log_dir=log_dir, http=http, say=say, patience=patience or Patience())
        code = 0
        try:
            if await group.until_ready(stopped):
                on_ready()
                await group.until_stopped(stopped)
        except OperatorError as error:
            say(str(error))
            code = 1
        say("Stopping everything …")
        await group.stop()
        say("Stopped.")
        return code
