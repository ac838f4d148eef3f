"""Train the learned half of the danger gate; it needs no Rasa and takes some seconds.

It learns from the danger lexicons' lists, `data/danger` and all other examples. The threshold is chosen on messages
that were left out: the two halves of the gate together shall miss at most `MISSED` of the dangers, as long as the model
raises a false alarm for at most `ALARMS` of all other messages.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.model_selection import GroupKFold

from bot.gateway.danger.gate import Danger, DangerGate, load_gate
from bot.gateway.danger.model import NOTHING, DangerModel, best_margins
from bot.linear import Features, with_latin_copies
from bot.linear.model import Array, fit
from bot.text import fold

VIEWS = ("chars", "words", "stems")
KINDS = tuple(danger.value for danger in Danger)
MISSED = 0.02
ALARMS = 0.02
C = 0.5
DANGER_WEIGHT = 3.0
FOLDS = 2
EVERY = 2  # of the ordinary examples, of which there are a hundred times more than of the others
Example = tuple[str, str]


def train_danger(root: Path, target: Path) -> None:
    """Train on the examples under `root` and write `target`; write nothing when no example shows danger."""
    examples = list(_examples(root))
    if not {kind for _text, kind in examples} & set(KINDS):
        return
    texts, labels, groups = with_latin_copies(examples)
    features, rows = Features.learn(texts, VIEWS)
    target_labels, numbers = np.array(labels), np.array(groups)
    margins = _left_out_margins(rows, target_labels, numbers)
    classes, weights, bias = _fit(rows, target_labels)
    is_original = np.unique(numbers, return_index=True)[1]
    threshold = _threshold(load_gate(root / "locales", models=None), examples, margins[is_original])
    model = DangerModel(features, classes, weights, bias, threshold)
    part = target.with_suffix(".part")
    model.save(part)
    part.replace(target)


def _examples(root: Path) -> Iterator[Example]:
    seen: set[str] = set()
    for text, label in _all(root):
        folded = fold(text)
        if folded not in seen:
            seen.add(folded)
            yield text, label


def _all(root: Path) -> Iterator[Example]:
    for path in sorted((root / "data" / "danger").glob("*.yml")):
        yield from _of_lists(_read(path))
    for path in sorted((root / "locales").glob("*/danger.yml")):
        lexicon = _read(path)
        yield from _of_lists({kind: lexicon[kind]["fires"] for kind in KINDS} | {"quiet": lexicon["quiet"]})
    for path in sorted((root / "data" / "nlu").rglob("*.yml")):
        for entry in _read(path)["nlu"]:
            label = entry["intent"] if entry["intent"] in KINDS else NOTHING
            lines = [line.strip() for line in entry["examples"].splitlines() if line.strip().startswith("- ")]
            yield from ((line[2:], label) for line in lines[:: EVERY if label == NOTHING else 1])


def _of_lists(lists: dict[str, list[str]]) -> Iterator[Example]:
    for name, texts in lists.items():
        yield from ((text, name if name in KINDS else NOTHING) for text in texts)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _fit(rows: Any, labels: Array) -> tuple[tuple[str, ...], Array, Array]:
    weights = {name: 1.0 if name == NOTHING else DANGER_WEIGHT for name in set(labels)}
    return fit(rows, labels, c=C, class_weight=weights)


def _left_out_margins(rows: Any, labels: Array, groups: Array) -> Array:
    margins: Array = np.zeros(len(labels), np.float32)
    for learned, left_out in GroupKFold(FOLDS).split(rows, labels, groups):
        classes, weights, bias = _fit(rows[learned], labels[learned])
        margins[left_out] = best_margins(classes, rows[left_out] @ weights + bias)[1]
    return margins


def _threshold(gate: DangerGate, examples: list[Example], margins: Array) -> float:
    """Return the margin at which few enough dangers are missed, and not too many other messages are taken for one."""
    is_danger = np.array([label != NOTHING for _text, label in examples])
    unseen = [float(margins[place]) for place in np.flatnonzero(is_danger) if gate.check(examples[place][0]) is None]
    may_be_missed = int(MISSED * is_danger.sum())
    for_recall = sorted(unseen)[may_be_missed] if may_be_missed < len(unseen) else 0.0
    return max(for_recall, float(np.quantile(margins[~is_danger], 1 - ALARMS)))


if __name__ == "__main__":
    train_danger(Path.cwd(), Path(sys.argv[1]))
