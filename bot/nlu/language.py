"""Which language a message is written in, among those that the bot serves.

Script decides where it can. Azerbaijani typed without its letters is the hard case: every library calls it Turkish, so
the examples are learned a second time without diacritics. A message that names a language is noted as well.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.i18n import LOCALES_DIR
from bot.nlu.linear import Features, LinearModel, train_linear
from bot.text import fold, folded_words

NAME = "language"
LANGUAGES_KEY = "languages"
NAMED_KEY = "named_language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Add `languages` (code → probability) and `named_language` to each message."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        features: Features | None = None,
        model: LinearModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._features = features
        self._model = model
        self._names = named_languages()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the examples of each language are."""
        return {"data": "data/nlu"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageIdentifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the folders of examples, each as written and without its diacritics."""
        texts, labels = _examples(Path(self._config["data"]))
        self._features = Features.fit(texts, chars=(1, 4), words=None)
        self._model = train_linear(self._features.rows(texts), labels)
        with self._model_storage.write_to(self._resource) as directory:
            self._features.save(directory, NAME)
            self._model.save(directory, NAME)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LanguageIdentifier":
        """Read the trained component."""
        with model_storage.read_from(resource) as directory:
            features, model = Features.load(directory, NAME), LinearModel.load(directory, NAME)
        return cls(config, model_storage, resource, features, model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probabilities of the languages and the language that the message names."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(LANGUAGES_KEY, self._probabilities(text), add_to_output=True)
            message.set(NAMED_KEY, self._named(text), add_to_output=True)
        return messages

    def _probabilities(self, text: str) -> dict[str, float]:
        if self._features is None or self._model is None or not folded_words(text):
            return {}
        row = self._features.rows([mark_letters(text)])
        values = self._model.probabilities(row)[0]
        found = dict(zip(self._model.classes, map(float, values), strict=True))
        return by_script(text, found)

    def _named(self, text: str) -> str | None:
        words = f" {' '.join(folded_words(text))} "
        found = {code for name, code in self._names.items() if f" {name} " in words}
        return found.pop() if len(found) == 1 else None


def by_script(text: str, probabilities: dict[str, float]) -> dict[str, float]:
    """Rule out the languages that the letters exclude, and share their part among the others."""
    letters = [c for c in text if c.isalpha()]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
    if not letters:
        return probabilities
    if cyrillic * 2 > len(letters):
        kept = {code: p for code, p in probabilities.items() if code in {"ru", "uk"}}
    elif "ə" in text.lower():
        kept = {code: p for code, p in probabilities.items() if code == "az"}
    else:
        kept = probabilities
    total = sum(kept.values())
    return {code: p / total for code, p in kept.items()} if total else probabilities


def mark_letters(text: str) -> str:
    """Return the text with a mark for each letter that only some languages have; folding would lose it."""
    lowered = text.lower()
    marks = [f"q{ord(letter):x}q" for letter in "əığşçöüxqwёыъэ" if letter in lowered]
    return " ".join([text, *marks])


def named_languages() -> dict[str, str]:
    """Return folded names of languages → code, from every locale's words.yml."""
    names: dict[str, str] = {}
    for path in sorted(LOCALES_DIR.glob("*/words.yml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        for code, spellings in words["languages"].items():
            names.update({" ".join(folded_words(spelling)): code for spelling in spellings})
    return names


def _examples(directory: Path) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    labels: list[str] = []
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        for text in _texts(folder):
            for spelling in {mark_letters(text), fold(text)}:
                texts.append(spelling)
                labels.append(folder.name)
    return texts, labels


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            yield from (line[2:].strip() for line in entry["examples"].splitlines() if line.startswith("- "))
