"""How well the language of a short message is seen, as if the person had chosen none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rasa.core.agent import Agent

from bot.i18n import LOCALES_DIR
from bot.languages import offered
from bot.report.evaluation import Item
from bot.report.measure import understand
from bot.report.robustness import without_diacritics
from bot.report.tables import percent
from bot.text import folded_words

MOST_WORDS = 6
OTHERS_SPELLING = ("latin", "mixed")


@dataclass(frozen=True)
class LanguageFigures:
    """Shares in percent of short messages whose language was seen."""

    own: dict[str, float]
    bare: dict[str, float]
    counts: dict[str, int]

    @property
    def together(self) -> float:
        """Return the share over all languages, each counting alike."""
        return sum(self.own.values()) / len(self.own)


async def see_languages(agent: Agent, items: Sequence[Item], languages: Sequence[str]) -> LanguageFigures:
    """Return how often the language is seen, in its own spelling and without its letters."""
    short = [i for i in items if len(folded_words(i.text)) <= MOST_WORDS and i.style not in OTHERS_SPELLING]
    own, bare, counts = {}, {}, {}
    often_bare = {code for code, language in offered(LOCALES_DIR).items() if language.bare}
    for language in languages:
        of = [item for item in short if item.language == language]
        spelt = [
            item for item in of if language not in often_bare or item.style != "chatty"
        ]  # often without its letters
        counts[language] = len(spelt)
        own[language] = await _seen(agent, spelt, lambda text: text)
        if language in often_bare:
            bare[language] = await _seen(agent, of, without_diacritics)
    return LanguageFigures(own, bare, counts)


def languages_table(figures: LanguageFigures) -> list[str]:
    """Return the table of languages."""
    lines = ["| language | messages | own spelling | without its letters |", "|---" * 4 + "|"]
    for language, share in figures.own.items():
        bare = f"{figures.bare[language]:.1f}" if language in figures.bare else ""
        lines.append(f"| {language} | {figures.counts[language]} | {share:.1f} | {bare} |")
    return lines


async def _seen(agent: Agent, items: Sequence[Item], change: Callable[[str], str]) -> float:
    results = await understand(agent, [replace(item, text=change(item.text)) for item in items])
    return percent(result.language == result.item.language for result in results)
