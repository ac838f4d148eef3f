"""Linear text models that need no Rasa, shared by understanding and by the danger gate; they learn in `learning`."""

from bot.linear.features import Features
from bot.linear.model import LinearModel
from bot.linear.text_model import TextModel
from bot.linear.translit import latin_spellings, with_copies, with_latin_copies
from bot.linear.views import Text

__all__ = ["Features", "LinearModel", "Text", "TextModel", "latin_spellings", "with_copies", "with_latin_copies"]
