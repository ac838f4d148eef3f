"""A whole classifier of texts: features and weights in one file."""

from dataclasses import dataclass
from pathlib import Path

from bot.linear.features import Array, Features
from bot.linear.files import load_arrays, save_arrays
from bot.linear.model import LinearModel
from bot.linear.views import Text


@dataclass(frozen=True)
class TextModel:
    """Classify texts."""

    features: Features
    model: LinearModel

    def probabilities(self, text: Text) -> Array | None:
        """Return the probabilities of the classes; None when the text has nothing that was learned."""
        row = self.features.row(text)
        return self.model.probabilities(row) if row else None

    def ranking(self, text: Text, most: int) -> list[tuple[str, float]]:
        """Return the likeliest classes with their probabilities."""
        found = self.probabilities(text)
        if found is None:
            return []
        return [(self.model.classes[place], float(found[place])) for place in found.argsort()[::-1][:most]]

    def save(self, path: Path) -> None:
        """Write the model to one file, which executes nothing when it is read."""
        save_arrays(path, self.features.to_arrays() | self.model.to_arrays())

    @classmethod
    def load(cls, path: Path) -> "TextModel":
        """Read what `save` wrote."""
        held = load_arrays(path)
        return cls(Features.from_arrays(held), LinearModel.from_arrays(held))
