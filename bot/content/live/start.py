"""Before the processes begin: the editors' files are judged once; if they fail, what was released before is shown."""

import logging
from collections.abc import Callable, Iterable, Iterator

from bot.content.finding import Finding
from bot.content.live.keeper import Keeper
from bot.content.live.missed import missed_texts
from bot.content.live.state import Refused, State
from bot.content.messages import FILE, editors_language, load_messages
from bot.errors import OperatorError
from bot.facts import FactError
from bot.i18n import LOCALES_DIR, TextError, load_locales
from bot.released import Released

logger = logging.getLogger(__name__)
MOST_LINES = 20
AN_ANSWER = "label/answer:"
Say = Callable[[str], None]


def begin(released: Released, *, say: Say) -> None:
    """Release the editors' files if they have no mistake; else say loudly that what was released before is shown.

    Raise `OperatorError` when there is nothing to show: no release yet, and the files have a mistake.
    """
    try:
        state = Keeper(released).begin()
    except OSError as error:
        raise OperatorError(
            f"The editors' files cannot be released into {released.content_dir}: {error.strerror or error}. "
            "Check the disk and who may write there."
        ) from error
    if state.refused is not None:
        _tell(state, state.refused, released, say)
    elif state.version is None:
        raise OperatorError(f"Somebody goes on writing in {released.locales_dir}; start again when they have stopped.")
    if state.refused is not None or released.locales_dir != LOCALES_DIR:
        _check_needs(released, say)


def _tell(state: State, refused: Refused, released: Released, say: Say) -> None:
    for line in _lines(refused.findings, released):
        say(line)
    mistakes = f"{released.locales_dir} has {len(refused.findings)} mistake(s), told above"
    if state.version is None:
        raise OperatorError(f"{mistakes}, and nothing was released before. Mend them, then start again.")
    say(f"!! {mistakes}. NOTHING OF IT IS SHOWN. People read version {state.version}, of {state.since:%Y-%m-%d %H:%M}.")
    say("!! What is mended goes live by itself. `korpu content status` tells it again.")


def _check_needs(released: Released, say: Say) -> None:
    """Raise `OperatorError` when files of another folder lack what this program asks for: it came with its own.

    An answer may be lacking: who asks for it is told that the bot has none. Where the program's own files are the ones
    that have a mistake, nobody knows whether it asks for what they have more: that is said, and the last good words
    serve, because a bot that does not start helps nobody.
    """
    try:
        shown, asked = load_locales(released.folder()), load_locales(LOCALES_DIR)
    except (OSError, TextError, FactError, LookupError, TypeError, ValueError, AttributeError) as error:
        say(f"!! Whether every text is there that this version of the program asks for cannot be told: {error}")
        return
    lacking = tuple(finding for finding in missed_texts(shown, asked) if not finding.entry.startswith(AN_ANSWER))
    if not lacking:
        return
    for line in _lines(lacking, released):
        say(line)
    if released.locales_dir == LOCALES_DIR:
        say(f"!! The files that have the mistakes have {len(lacking)} entries, told above, that are not released yet.")
        say("!! If they came with a new version of the program, mend them at once: who comes to one gets no answer.")
        return
    raise OperatorError(
        f"{released.locales_dir} lacks {len(lacking)} entries that this version of the program asks for, told "
        f"above. Copy them from {LOCALES_DIR} with their translations, then start again."
    )


def _lines(findings: tuple[Finding, ...], released: Released) -> Iterator[str]:
    yield from told(findings[:MOST_LINES], released)
    if len(findings) > MOST_LINES:
        yield f"… and {len(findings) - MOST_LINES} more: `korpu content check`."


def told(findings: Iterable[Finding], released: Released, language: str | None = None) -> list[str]:
    """Return the findings as lines in an editor's language.

    The words for them are in a file of the editors too. Where that is what is broken, those of the release serve.
    """
    spoken, held = language or editors_language(), list(findings)
    for folder in (LOCALES_DIR, released.folder()):
        try:
            return [load_messages(spoken, folder).line(finding) for finding in held]
        except (OperatorError, KeyError, TypeError, ValueError, AttributeError) as error:
            logger.warning("%s cannot be used (%s).", folder / FILE, type(error).__name__)
    return [f"{finding.file}: {finding.entry}: {finding.key} {dict(finding.values)}" for finding in held]
