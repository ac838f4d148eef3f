"""What the doctor says of the editors' files: what is live since when, and what was refused."""

import datetime as dt
from collections.abc import Iterator

from bot.cli.finding import Finding, fault, note, ok
from bot.errors import OperatorError
from bot.settings import Settings

SUBJECT = "content"


def examine_content(settings: Settings) -> Iterator[Finding]:
    """Yield what the keeper of content has noted; it looks at nothing else, as people see nothing else."""
    from bot.content.live.state import read_state

    try:
        state = read_state(settings.data_dir)
    except OperatorError as error:
        yield fault(SUBJECT, str(error))
        return
    if state.version is None:
        yield note(SUBJECT, f"nothing is released yet; `korpu run` releases {settings.locales_dir}")
    else:
        yield ok(SUBJECT, f"version {state.version} of {settings.locales_dir} is live since {when(state.since)}")
    if state.refused is not None:
        mistakes = f"version {state.refused.version}, of {when(state.refused.at)}, has {len(state.refused.findings)}"
        yield fault(SUBJECT, f"{mistakes} mistake(s) and is not shown: `korpu content status` tells them")


def when(time: dt.datetime | None) -> str:
    """Return a moment as the doctor tells it."""
    return "?" if time is None else f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
