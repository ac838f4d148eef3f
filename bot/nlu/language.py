"""Which language a message is written in, among those that the bot serves.

Script decides where it can. Azerbaijani typed without its letters is the hard case: every library calls it Turkish, so
the examples are learned a second time without diacritics. A message that names a language is noted as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.i18n import LOCALES_DIR
from bot.languages import Language, offered, served_files
from bot.linear import Text, TextModel, latin_spellings, with_copies
from bot.linear.learning import count, learn_text_model
from bot.nlu.examples import read_examples
from bot.nlu.scripts import by_script
from bot.released import Followed
from bot.settings import Settings
from bot.text import fold, folded_words
from bot.yamlfile import load

FILE = "language.npz"
VIEWS = ("letters", "words")
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
        model: TextModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._known = Followed(Settings.from_env().released, _read_known)

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
        examples = read_examples(Path(self._config["data"]))
        pairs = [(example.text, example.language) for example in examples]
        languages = offered(LOCALES_DIR)
        texts, labels, groups = with_copies(pairs, lambda text, code: _spellings(text, languages.get(code)))
        self._model = learn_text_model(texts, labels, views=VIEWS, groups=groups, fitted=count)
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory / FILE)
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
            model = TextModel.load(directory / FILE)
        return cls(config, model_storage, resource, model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probabilities of the languages and the language that the message names."""
        known = self._known.current()
        for message in messages:
            text = Text.of(message.get(TEXT) or "")
            message.set(LANGUAGES_KEY, self._probabilities(text, known), add_to_output=True)
            message.set(NAMED_KEY, known.named(text), add_to_output=True)
        return messages

    def _probabilities(self, text: Text, known: "_Known") -> dict[str, float]:
        values = self._model.probabilities(text) if self._model is not None and text.words else None
        if self._model is None or values is None:
            return {}
        found = dict(zip(self._model.model.classes, map(float, values), strict=True))
        return by_script(text.typed, found, known.languages)


@dataclass(frozen=True)
class _Known:
    """The languages that are served, and what people call them."""

    languages: Mapping[str, Language]
    names: Mapping[str, str]

    def named(self, text: Text) -> str | None:
        """Return the language that a message names, None when it names none or several."""
        words = f" {' '.join(text.words)} "
        found = {code for name, code in self.names.items() if f" {name} " in words}
        return found.pop() if len(found) == 1 else None


def _read_known(directory: Path) -> _Known:
    return _Known(offered(directory), named_languages(directory))


def named_languages(directory: Path = LOCALES_DIR) -> dict[str, str]:
    """Return folded names of languages → code, from every locale's words.yml."""
    names: dict[str, str] = {}
    for path in served_files(directory, "words.yml"):
        words = load(path)
        for code, spellings in words["languages"].items():
            names.update({" ".join(folded_words(spelling)): code for spelling in spellings})
    return names


def _spellings(text: str, language: Language | None) -> list[str]:
    """Return how else a text is typed: without its diacritics, in Latin letters."""
    return [*([fold(text)] if language is not None and language.bare else []), *latin_spellings(text)]
