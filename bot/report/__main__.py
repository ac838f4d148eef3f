"""`make nlu-report`: measure, write docs/nlu.md, and fail below the floors."""

import asyncio
import logging
import os
import sys

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot.gateway.danger import Danger, load_gate
from bot.i18n import language_codes
from bot.models import newest_model
from bot.paths import ROOT
from bot.report.evaluation import read_danger, read_items
from bot.report.floors import below, read_floors
from bot.report.measure import DangerResult, Result, understand, watch
from bot.report.page import page
from bot.report.plot import calibration_svg
from bot.report.tables import by_language, calibration

DOCS = ROOT / "docs"


def main() -> int:
    """Return 0 when every figure keeps its floor."""
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    languages = language_codes()
    model = newest_model()
    results = asyncio.run(understand(Agent.load(str(model)), list(read_items(languages))))
    danger = _danger(languages, results)
    (DOCS / "nlu-calibration.svg").write_text(calibration_svg(calibration(results)), encoding="utf-8")
    (DOCS / "nlu.md").write_text(page(results, danger, model=model), encoding="utf-8")
    figures = by_language(results)
    for r in danger:
        figures[r.language] |= {"danger_recall": 100 * r.recall, "false_alarms": 100 * r.false_alarms_ordinary}
    for language, of in figures.items():
        print(language, *(f"{name}={value:.1f}" for name, value in of.items()))
    failures = below(figures, read_floors())
    for line in failures:
        print(line, file=sys.stderr)
    return 1 if failures else 0


def _danger(languages: tuple[str, ...], results: list[Result]) -> list[DangerResult]:
    gate, patterns = load_gate(), load_gate(models=None)
    kinds = {danger.value for danger in Danger}
    ordinary = {
        language: [r.item.text for r in results if r.item.language == language and r.item.intent not in kinds]
        for language in languages
    }
    return [watch(gate, patterns, lists, ordinary[lists.language]) for lists in read_danger(languages)]


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
