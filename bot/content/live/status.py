"""What is live since when and what was refused, told to the people who run and edit it."""

import datetime as dt
from collections.abc import Iterator

from bot.content.live.start import told
from bot.content.live.state import Refused, State, read_state
from bot.released import Released


def live_line(state: State, released: Released) -> str:
    """Return what people read and since when."""
    if state.version is None:
        return f"nothing is released yet; `korpu run` releases {released.locales_dir}"
    return f"version {state.version} of {released.locales_dir} is live since {when(state.since)}"


def refused_line(refused: Refused) -> str:
    """Return what was refused."""
    mistakes = f"{len(refused.findings)} mistake(s)"
    return f"version {refused.version}, of {when(refused.at)}, has {mistakes} and is not shown"


def status(released: Released, language: str | None) -> Iterator[str]:
    """Yield the lines; the mistakes in an editor's language. Raise `StateError`."""
    state = read_state(released.data_dir)
    yield f"{live_line(state, released)}."
    if state.looked is not None:
        yield f"last look at the files: {when(state.looked)}."
    if state.refused is not None:
        yield f"{refused_line(state.refused)}:"
        yield from told(state.refused.findings, released, language)


def when(time: dt.datetime | None) -> str:
    """Return a moment as operators read it."""
    return "?" if time is None else f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
