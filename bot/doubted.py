"""Numbers that people say do not answer: which ones a text shows, and the line that says so below it."""

from collections.abc import Collection

from bot.facts import Unit
from bot.i18n import Locales, placeholders

# The emergency number is never doubted below a text: there is nothing better to send people to, and a doubt that
# somebody made up would cost a person in danger more than a true one could give them. Editors see its reports too.
EMERGENCY = "hotline_emergency"


def phones_in(locales: Locales, source: str) -> tuple[str, ...]:
    """Return the facts that are telephone numbers and that an English source shows, each once, in their order."""
    return tuple(name for name in dict.fromkeys(placeholders(source)) if is_phone(locales, name))


def is_phone(locales: Locales, name: str) -> bool:
    """Tell whether a fact of this name is a telephone number that there is."""
    fact = locales.facts.facts.get(name)
    return fact is not None and fact.unit is Unit.PHONE and fact.value is not None


def with_caution(locales: Locales, text: str, *, source: str, language: str, doubted: Collection[str]) -> str:
    """Return a text with a line below it about the numbers that it shows and people doubt, or as it is without any."""
    names = [name for name in phones_in(locales, source) if name in doubted and name != EMERGENCY]
    if not names:
        return text
    numbers = ", ".join(f"☎ {locales.facts.render(name, language)}" for name in names)
    return f"{text.rstrip()}\n{locales.text('answer_doubted', language, numbers=numbers).strip()}"
