"""Linear text models: features that need no Rasa, shared by understanding and by the danger gate."""

from bot.linear.features import Features
from bot.linear.model import LinearModel, train_linear
from bot.linear.text_model import TextModel
from bot.linear.translit import latin_spellings, with_latin_copies

__all__ = ["Features", "LinearModel", "TextModel", "latin_spellings", "train_linear", "with_latin_copies"]
