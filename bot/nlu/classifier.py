"""Which intent: one model for all languages together, so that nothing rests on guessing the language first."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.linear import Text, TextModel, with_latin_copies
from bot.linear.learning import learn_text_model
from bot.nlu.examples import read_examples

FILE = "intent.npz"
RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PooledLinearClassifier(GraphComponent, IntentClassifier):
    """Classify folded text by a linear model over the views that config.yml names (bot/linear/views.py)."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: TextModel | None = None
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the views of a text that are counted."""
        return {"data": "data/nlu", "views": ["chars", "words", "stems", "concepts"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PooledLinearClassifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples of all languages, and from their Latin spellings."""
        examples = read_examples(Path(self._config["data"]))
        texts, labels, groups = with_latin_copies([(example.text, example.intent) for example in examples])
        self._model = learn_text_model(texts, labels, views=self._config["views"], groups=groups)
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
    ) -> "PooledLinearClassifier":
        """Read the trained component."""
        with model_storage.read_from(resource) as directory:
            model = TextModel.load(directory / FILE)
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking; a text with nothing to read gets none."""
        for message in messages:
            found = self._model.ranking(Text.of(message.get(TEXT) or ""), RANKING) if self._model else []
            ranking = [{"name": name, "confidence": confidence} for name, confidence in found]
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
