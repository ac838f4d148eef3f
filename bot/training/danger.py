"""Train the learned half of the danger gate; it needs no Rasa and takes some seconds.

It learns from the danger lexicons' lists, `data/danger` and all other examples. Both limits are chosen on messages that
were left out: from `threshold` on a message counts as danger, so that `ALARMS` of the hard negatives are taken for one;
below `harmless` a pattern is not believed, so that at most `DISBELIEVED` of all dangers are lost. No example of danger
that a pattern sees is lost at all, so that an editor can rely on what stands under `fires`.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from bot.gateway.danger.gate import Danger, load_gate
from bot.gateway.danger.model import NOTHING, DangerModel, best_margins
from bot.languages import in_preparation, served_files
from bot.linear import LinearModel, with_latin_copies
from bot.linear.features import Array, Features
from bot.linear.learning import fit, learn_features
from bot.nlu.examples import Example, read_examples
from bot.text import fold, folded_words
from bot.yamlfile import load

VIEWS = ("chars", "words", "stems", "concepts")
QUIET = "quiet"
KINDS = tuple(danger.value for danger in Danger)
ALARMS = 0.10
DISBELIEVED = 0.01
MARGIN = 0.01  # what rounding the weights may change
C = 0.5
DANGER_WEIGHT = 3.0
FOLDS = 2
EVERY = 3  # of the ordinary examples, of which there are a hundred times more than of the others
Labelled = tuple[str, str]


def train_danger(root: Path, target: Path, words: Path | None = None) -> None:
    """Train on the examples under `root` and write `target`; write nothing when no example shows danger.

    `words` is the folder with the lexicons, `locales` under `root` if it is left out.
    """
    lexicons = words or root / "locales"
    ordinary = list(read_examples(root / "data" / "nlu", root / "locales"))
    examples = list(_examples(root, lexicons, ordinary))
    kinds = np.array([kind for _text, kind in examples])
    if not set(kinds) & set(KINDS):
        return
    texts, labels, groups = with_latin_copies([(text, NOTHING if kind == QUIET else kind) for text, kind in examples])
    features, rows = learn_features(texts, VIEWS)
    originals = np.unique(np.array(groups), return_index=True)[1]
    left_out = _left_out_margins(rows, np.array(labels), np.array(groups))[originals]
    classes, weights, bias = _fit(rows, np.array(labels))
    learned = best_margins(classes, rows[originals] @ weights + bias)[1]
    gate = load_gate(lexicons, models=None)
    is_fitted = np.array([kind in KINDS and gate.check(text) is not None for text, kind in examples])
    threshold, harmless = _limits(kinds, is_fitted, left_out, learned)
    part = target.with_suffix(".part")
    known = _known(ordinary, features)
    DangerModel(features, LinearModel.of(classes, weights, bias), threshold, harmless, known).save(part)
    part.replace(target)


def _known(ordinary: list[Example], features: Features) -> frozenset[str]:
    """Return the words of all examples that were not learned: two thirds of the ordinary ones are left out."""
    texts = with_latin_copies([(example.text, example.intent) for example in ordinary])[0]
    words = {word for text in texts for word in folded_words(text)}
    return frozenset(words - features.terms["words"].columns.keys())


def _examples(root: Path, lexicons: Path, ordinary: list[Example]) -> Iterator[Labelled]:
    seen: set[str] = set()
    for text, label in _all(root, lexicons, ordinary):
        folded = fold(text)
        if folded not in seen:
            seen.add(folded)
            yield text, label


def _all(root: Path, lexicons: Path, ordinary: list[Example]) -> Iterator[Labelled]:
    waiting = in_preparation(root / "locales")
    for path in sorted((root / "data" / "danger").glob("*.yml")):
        if path.stem not in waiting:
            yield from _of_lists(load(path))
    for path in served_files(lexicons, "danger.yml"):
        lexicon = load(path)
        yield from _of_lists({kind: lexicon[kind]["fires"] for kind in KINDS} | {QUIET: lexicon[QUIET]})
    of_intent: Counter[str] = Counter()
    for example in ordinary:
        of_intent[example.intent] += 1
        if example.intent in KINDS:
            yield example.text, example.intent
        elif of_intent[example.intent] % EVERY == 0:
            yield example.text, NOTHING


def _of_lists(lists: dict[str, list[str]]) -> Iterator[Labelled]:
    for name, texts in lists.items():
        yield from ((text, name) for text in texts)


def _fit(rows: Any, labels: Array) -> tuple[tuple[str, ...], Array, Array]:
    weights = {name: 1.0 if name == NOTHING else DANGER_WEIGHT for name in set(labels)}
    return fit(rows, labels, c=C, class_weight=weights)


def _left_out_margins(rows: Any, labels: Array, groups: Array) -> Array:
    margins: Array = np.zeros(len(labels), np.float32)
    for learned, left_out in GroupKFold(FOLDS).split(rows, labels, groups):
        classes, weights, bias = _fit(rows[learned], labels[learned])
        margins[left_out] = best_margins(classes, rows[left_out] @ weights + bias)[1]
    return margins


def _limits(kinds: Array, is_fitted: Array, left_out: Array, learned: Array) -> tuple[float, float]:
    """Return `threshold` and `harmless`; `is_fitted` are the dangers that a pattern sees."""
    hard = left_out[kinds == QUIET] if QUIET in kinds else left_out[kinds == NOTHING]
    threshold = float(np.quantile(hard, 1 - ALARMS))
    may_be_lost = int(DISBELIEVED * np.isin(kinds, KINDS).sum())
    believed = np.sort(left_out[is_fitted])[may_be_lost:]
    lowest = min(believed.min(initial=threshold), learned[is_fitted].min(initial=threshold))
    return threshold, float(lowest) - MARGIN


if __name__ == "__main__":
    train_danger(Path.cwd(), *map(Path, sys.argv[1:]))
