"""`python -m bot.report.massive FOLDER`: our classifier on Amazon's MASSIVE, to compare it with published figures.

FOLDER holds `az-AZ.jsonl.gz` and so on, as Amazon publishes them (FitzGerald et al. 2022, CC BY 4.0): 60 intents of a
home assistant, the official parts `train` and `test`. Measured is what lies there of the languages that are offered,
with the views, Latin copies and solver of config.yml; once with one model a language, once with one for all languages
together, as the bot has it.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.errors import OperatorError
from bot.i18n import language_codes
from bot.linear import Text, TextModel, with_latin_copies
from bot.linear.learning import learn_text_model
from bot.paths import ROOT
from bot.report.figures import MASSIVE_FIGURES, Figures, write_figures
from bot.report.own import own_classifier
from bot.report.tables import percent

Row = tuple[str, str]  # text, intent


def read_part(folder: Path, locale: str, part: str) -> Iterator[Row]:
    """Yield the messages of one part of one locale; raise `OperatorError` when the file is missing."""
    path = folder / f"{locale}.jsonl.gz"
    if not path.exists():
        raise OperatorError(f"{path} is missing; MASSIVE's files must lie there, one a locale, packed with gzip.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry: dict[str, Any] = json.loads(line)
            if entry["partition"] == part:
                yield entry["utt"], entry["intent"]


def locales_of(folder: Path) -> list[str]:
    """Return the locales whose files lie in a folder, in the order of our languages; raise `OperatorError` for none."""
    found = [path.name.partition(".")[0] for code in language_codes() for path in folder.glob(f"{code}-*.jsonl.gz")]
    if not found:
        raise OperatorError(f"{folder} holds no file of MASSIVE such as az-AZ.jsonl.gz of a language that is offered.")
    return found


def measure(folder: Path, locales: Collection[str]) -> Figures:
    """Return for each locale top 1 by its own model and by the pooled one, and the seconds of training."""
    pooled: list[Row] = []
    figures: Figures = {}
    for locale in locales:
        rows = list(read_part(folder, locale, "train"))
        pooled += rows
        model, seconds = _learned(rows)
        top1 = _top1(model, read_part(folder, locale, "test"))
        figures[locale] = {"alone": top1, "train_s": round(seconds, 1)}
        print(locale, figures[locale], flush=True)
    model, _seconds = _learned(pooled)
    for locale in locales:
        figures[locale]["pooled"] = _top1(model, read_part(folder, locale, "test"))
        print(locale, figures[locale], flush=True)
    return figures


def _learned(rows: list[Row]) -> tuple[TextModel, float]:
    started = time.perf_counter()
    texts, labels, groups = with_latin_copies(rows)
    model = learn_text_model(texts, labels, views=own_classifier()["views"], groups=groups)
    return model, time.perf_counter() - started


def _top1(model: TextModel, rows: Iterable[Row]) -> float:
    return round(
        percent([name for name, _p in model.ranking(Text.of(text), 1)] == [intent] for text, intent in rows), 1
    )


def main(arguments: list[str]) -> int:
    """Measure, print and keep the figures for docs/nlu.md; return the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m bot.report.massive FOLDER-OF-MASSIVE", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).absolute()
    os.chdir(ROOT)
    try:
        write_figures(MASSIVE_FIGURES, measure(folder, locales_of(folder)))
    except OperatorError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
