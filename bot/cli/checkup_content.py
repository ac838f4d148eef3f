"""What the doctor says of the editors' files: what is live since when, and what was refused."""

from collections.abc import Iterator

from bot.cli.finding import Finding, fault, note, ok
from bot.errors import OperatorError
from bot.settings import Settings

SUBJECT = "content"


def examine_content(settings: Settings) -> Iterator[Finding]:
    """Yield what the keeper of content has noted; it looks at nothing else, as people see nothing else."""
    from bot.content.live.state import read_state
    from bot.content.live.status import live_line, refused_line

    try:
        state = read_state(settings.data_dir)
    except OperatorError as error:
        yield fault(SUBJECT, str(error))
        return
    yield (note if state.version is None else ok)(SUBJECT, live_line(state, settings.released))
    if state.refused is not None:
        yield fault(SUBJECT, f"{refused_line(state.refused)}: `korpu content status` tells why")
