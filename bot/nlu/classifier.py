"""Which intent: one model for all languages together, so that nothing rests on guessing the language first."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear import Features, LinearModel, train_linear

NAME = "intent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PooledLinearClassifier(GraphComponent, IntentClassifier):
    """Classify folded text by a linear model over character and word n-grams."""

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

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the ranges of n-grams."""
        return {"char_ngrams": [2, 5], "word_ngrams": [1, 2]}

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
        """Learn from all examples of all languages."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        self._features = Features.fit(
            texts, chars=tuple(self._config["char_ngrams"]), words=tuple(self._config["word_ngrams"])
        )
        self._model = train_linear(self._features.rows(texts), [example.get(INTENT) for example in examples])
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
    ) -> "PooledLinearClassifier":
        """Read the trained component."""
        with model_storage.read_from(resource) as directory:
            features, model = Features.load(directory, NAME), LinearModel.load(directory, NAME)
        return cls(config, model_storage, resource, features, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking; a text with nothing to read gets none."""
        for message in messages:
            ranking = self._ranking(message.get(TEXT) or "")
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        if self._features is None or self._model is None:
            return []
        row = self._features.rows([text])
        if not row.nnz:
            return []
        probabilities = self._model.probabilities(row)[0]
        order = probabilities.argsort()[::-1][:10]
        return [{"name": self._model.classes[i], "confidence": float(probabilities[i])} for i in order]
