"""Is a process well? Asked from outside, in the way that its users would."""

import enum

import aiohttp

from bot.supervisor.spec import FileHealth, HttpHealth


@enum.unique
class Health(enum.Enum):
    """What a probe has found."""

    WELL = "well"
    NOT_YET = "not yet"
    SILENT = "silent"


async def probe(http: aiohttp.ClientSession, health: HttpHealth | FileHealth, *, since: float, wait: float) -> Health:
    """Ask once. `since` is the time (of the clock) at which the process began, `wait` the longest wait in seconds.

    A process that answers that it is not well is alive; only no answer at all is silence.
    """
    match health:
        case FileHealth(path):
            return Health.WELL if path.exists() and path.stat().st_mtime >= since else Health.NOT_YET
        case HttpHealth(url):
            return await _ask(http, url, wait)


async def _ask(http: aiohttp.ClientSession, url: str, wait: float) -> Health:
    try:
        async with http.get(url, timeout=aiohttp.ClientTimeout(total=wait)) as answer:
            return Health.WELL if answer.status == 200 else Health.NOT_YET
    except (TimeoutError, aiohttp.ClientError, OSError):
        return Health.SILENT
