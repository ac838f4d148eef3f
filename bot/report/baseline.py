"""Rasa's own default pipeline beside ours: the same examples, the same messages, the same run.

One language at a time, because the stock pipeline takes minutes for one and would take an hour for eight. The figures
are kept, each with the day on which it was measured.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.nlu.examples import Example, read_examples
from bot.paths import ROOT
from bot.report.evaluation import Item, read_items
from bot.report.figures import BASELINE_FIGURES, read_figures, write_figures
from bot.report.own import own_classifier
from bot.report.tables import percent

# What `rasa init` of Rasa 3.6.21 uses when config.yml names no pipeline (rasa/shared/importers/autoconfig).
STOCK: tuple[dict[str, Any], ...] = (
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
)


def compare(languages: Sequence[str], say: Callable[[str], None]) -> None:
    """Measure both pipelines on each language, and keep the figures."""
    for language in languages:
        examples = [example for example in read_examples(ROOT / "data" / "nlu") if example.language == language]
        items = list(read_items((language,)))
        day = datetime.now(tz=UTC).date().isoformat()
        found: dict[str, Any] = {"day": day, "examples": len(examples), "messages": len(items)}
        for name in ("ours", "stock"):
            say(f"baseline {language}: training {name} on {len(examples)} examples")
            found[name] = _measured(name, examples, items)
            say(f"baseline {language}: {name} {found[name]}")
        write_figures(BASELINE_FIGURES, read_figures(BASELINE_FIGURES) | {language: found})


def _measured(name: str, examples: Sequence[Example], items: Sequence[Item]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="korpu-baseline-") as scratch:
        folder = Path(scratch)
        nlu = folder / "nlu" / examples[0].language / "examples.yml"
        nlu.parent.mkdir(parents=True)
        nlu.write_text(_as_yaml(examples), encoding="utf-8")
        config = _stock_config() if name == "stock" else _own_config(folder / "nlu")
        (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        started = time.perf_counter()
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu"), str(folder / "models"))
        spent = time.perf_counter() - started
        if model is None:
            raise RuntimeError(f"Rasa has made no model of the pipeline {name!r}.")
        return {"train_s": round(spent, 1)} | asyncio.run(_asked(Agent.load(model), items))


async def _asked(agent: Agent, items: Iterable[Item]) -> dict[str, float]:
    marks, spent = [], []
    for item in items:
        started = time.perf_counter()
        parsed = await agent.parse_message(item.text.lstrip("/ "))
        spent.append((time.perf_counter() - started) * 1000)
        names = [ranked["name"] for ranked in parsed["intent_ranking"] if ranked["name"] != "nlu_fallback"]
        marks.append(names[:1] == [item.intent])
    return {"top1": round(percent(marks), 1), "ms": round(median(spent), 2)}


def _stock_config() -> dict[str, Any]:
    return {"recipe": "default.v1", "language": "xx", "pipeline": list(STOCK)}


def _own_config(data: Path) -> dict[str, Any]:
    """Return a pipeline of the classifier alone: the stock pipeline does not tell languages apart either."""
    return {"recipe": "default.v1", "language": "xx", "pipeline": [own_classifier() | {"data": str(data)}]}


def _as_yaml(examples: Iterable[Example]) -> str:
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example.text.replace("[", "(").replace("]", ")"))
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True, width=10**6)
