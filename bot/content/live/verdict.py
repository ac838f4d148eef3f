"""May these files go live? The check as a whole, and a rehearsal of what the processes will read."""

import logging
from pathlib import Path

from bot.content.check import check_content
from bot.content.finding import Finding
from bot.content.live.missed import missed_languages, missed_texts
from bot.content.rules.danger import fault_of
from bot.gateway.danger import read_lexicons
from bot.gateway.danger.patterns import PatternError
from bot.gateway.words import load_words
from bot.i18n import load_locales

logger = logging.getLogger(__name__)
RULE = "live"
# Time alone brings these. The bot says below the answer that a check is overdue, and a number that has changed must not
# wait until somebody has looked at all the others.
BROUGHT_BY_TIME = frozenset({"reviews.overdue", "providers.overdue"})


def faults_of(folder: Path, *, read: Path | None = None) -> tuple[Finding, ...]:
    """Return what keeps the files of `folder` from going live, nothing when they may.

    `read` is the release that a running program is reading: what it asks for by name must stay there. Nothing that an
    editor writes may end the keeper: what no rule foresees is a fault of its own.
    """
    try:
        errors = check_content(folder).errors
        faults = tuple(finding for finding in errors if finding.key not in BROUGHT_BY_TIME)
        if not faults:
            _rehearse(folder)
            faults = () if read is None else _missed(folder, read)
    except Exception as error:
        logger.exception("The editors' files could not be checked.")
        return (Finding(folder.name, "", RULE, "unforeseen", {"reason": type(error).__name__}),)
    return faults


def _missed(folder: Path, read: Path) -> tuple[Finding, ...]:
    new, old = load_locales(folder), load_locales(read)
    return (*missed_languages(new, old), *missed_texts(new, old))


def _rehearse(folder: Path) -> None:
    """Read what the gateway reads: it takes every folder that has the file, the check those of the served languages."""
    load_words(folder)
    for lexicon in read_lexicons(folder).values():
        for pattern in (pattern for patterns in lexicon.values() for pattern in patterns):
            if (fault := fault_of(pattern)) is not None:
                raise PatternError(fault)
