"""Which answers there are already are nearest to a question, by the model that understands messages; without Rasa."""

import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.gaps.redact import GAP
from bot.linear import Text, TextModel
from bot.models import NoModel, newest_model
from bot.paths import MODELS

FILE = "intent.npz"
MOST = 3


def nearest_intents(texts: Sequence[str], models: Path = MODELS) -> tuple[str, ...]:
    """Return the intents that several texts come nearest to, the nearest first; none where there is no model."""
    try:
        model = _read(newest_model(models))
    except NoModel:
        return ()
    if model is None:
        return ()
    weights: defaultdict[str, float] = defaultdict(float)
    for text in texts:
        for name, probability in model.ranking(Text.of(text.replace(GAP, " ")), MOST):
            weights[name] += probability
    return tuple(name for name, _weight in sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST])


@lru_cache(maxsize=1)
def _read(path: Path) -> TextModel | None:
    """Return the classifier in a packed model; None when it is packed in another way."""
    with tarfile.open(path) as packed, tempfile.TemporaryDirectory(prefix="korpu-gaps-") as folder:
        member = next((entry for entry in packed if Path(entry.name).name == FILE), None)
        content = packed.extractfile(member) if member is not None else None
        if content is None:
            return None
        file = Path(folder, FILE)
        file.write_bytes(content.read())
        return TextModel.load(file)
