"""`make nlu-report`: measure, write docs/nlu.md, and fail below the floors."""

import asyncio
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot.gateway.danger import Danger, load_gate
from bot.i18n import language_codes
from bot.models import newest_model
from bot.paths import ROOT
from bot.report.baseline import compare
from bot.report.evaluation import read_danger, read_items
from bot.report.floors import below, read_floors
from bot.report.languages import see_languages
from bot.report.measure import DangerResult, Result, understand, watch
from bot.report.page import Measured, page
from bot.report.plot import calibration_svg
from bot.report.robustness import robustness_table
from bot.report.tables import by_language, calibration, calibration_error
from bot.training.trainer import train

DOCS = ROOT / "docs"


def main(arguments: list[str]) -> int:
    """Return 0 when every figure keeps its floor; `arguments` are languages to measure Rasa's own pipeline on."""
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    compare(arguments, lambda line: print(line, flush=True))
    with tempfile.TemporaryDirectory(prefix="korpu-report-") as scratch:
        found = _trained_and_measured(Path(scratch))
        written = page(found)
    (DOCS / "nlu-calibration.svg").write_text(calibration_svg(calibration(found.results)), encoding="utf-8")
    (DOCS / "nlu.md").write_text(written, encoding="utf-8")
    figures = by_language(found.results)
    for r in found.danger:
        figures[r.language] |= {"danger_recall": 100 * r.recall, "false_alarms": 100 * r.false_alarms}
        figures[r.language] |= {"language_short": found.languages.own[r.language]}
    figures["all"] = {"language_short": found.languages.together, "ece": calibration_error(found.results)}
    figures["all"] |= {f"{code}_bare": share for code, share in found.languages.bare.items()}
    for language, of in figures.items():
        print(language, *(f"{name}={value:.1f}" for name, value in of.items()))
    failures = below(figures, read_floors())
    for line in failures:
        print(line, file=sys.stderr)
    return 1 if failures else 0


def _trained_and_measured(models: Path) -> Measured:
    """Train everything anew and measure exactly that: a model that is kept may be of older examples."""
    started = time.perf_counter()
    train(log_file=models / "train.log", say=print, models=models, force=True)
    training_s = time.perf_counter() - started
    return asyncio.run(_measured(language_codes(), models, training_s))


async def _measured(languages: tuple[str, ...], models: Path, training_s: float) -> Measured:
    model = newest_model(models)
    agent, items = Agent.load(str(model)), list(read_items(languages))
    results = await understand(agent, items)
    return Measured(
        results=results,
        danger=_danger(languages, results, models),
        languages=await see_languages(agent, items, languages),
        robustness=await robustness_table(agent, items, languages),
        model=model,
        training_s=training_s,
    )


def _danger(languages: tuple[str, ...], results: list[Result], models: Path) -> list[DangerResult]:
    gate, patterns = load_gate(models=models), load_gate(models=None)
    kinds = {danger.value for danger in Danger}
    ordinary = {
        language: [r.item.text for r in results if r.item.language == language and r.item.intent not in kinds]
        for language in languages
    }
    return [watch(gate, patterns, lists, ordinary[lists.language]) for lists in read_danger(languages)]


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
