"""An answer is finished: the mark that kept it from people goes, when nothing is missing."""

import re
from pathlib import Path

from bot.content.finding import Finding, Level
from bot.content.scaffold.answer import ANSWERS, CATALOGUE
from bot.content.scaffold.files import Changes, read
from bot.content.scaffold.todo import todo
from bot.errors import OperatorError
from bot.i18n import DRAFT
from bot.intents import read_catalogue


class Unfinished(OperatorError):
    """Something is missing; `findings` names it."""

    def __init__(self, intent: str, findings: list[Finding]) -> None:
        super().__init__(
            f"{intent} is not finished: {len(findings)} things are missing. `korpu content todo` names them."
        )
        self.findings = findings


def finish_answer(root: Path, intent: str) -> Changes:
    """Return the files without the mark; raise `Unfinished` while something of the answer is missing or wrong.

    The bot answers with it after the next training.
    """
    if intent not in read_catalogue(root / CATALOGUE).drafts:
        raise OperatorError(f"There is no unfinished answer {intent}. `korpu content todo` lists those that there are.")
    missing = [finding for finding in todo(root) if _keeps(finding, intent)]
    if missing:
        raise Unfinished(intent, missing)
    catalogue = re.sub(rf"(?m)^(- {{name: {intent},.*?)(, {DRAFT}: true)", r"\1", read(root, CATALOGUE))
    answers = re.sub(rf"(?m)^({intent}:\n(?:  .*\n)*?)  {DRAFT}: true.*\n", r"\1", read(root, ANSWERS))
    return {CATALOGUE: catalogue, ANSWERS: answers}


def _keeps(finding: Finding, intent: str) -> bool:
    """Tell whether a finding is about the answer: a mistake, or a text that is not translated."""
    is_about = finding.entry in {intent, f"answer/{intent}", f"label/answer:{intent}"}
    return is_about and (finding.level is Level.ERROR or finding.rule == "fallback")
