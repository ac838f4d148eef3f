"""How often people said of an answer, as its words are now, that it helped or did not."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.content import Content
from referral.console.context import console
from referral.db import session_scope
from referral.feedback.counts import feedback_counts


@dataclass(frozen=True)
class Votes:
    """What people said of the present words in one language, or in all of them."""

    helped: int = 0
    not_helped: int = 0

    def __add__(self, other: "Votes") -> "Votes":
        """Return both together."""
        return Votes(self.helped + other.helped, self.not_helped + other.not_helped)


def votes_of(content: Content) -> Mapping[str, Mapping[str, Votes]]:
    """Return answer → language → what people said; what they said of earlier words does not count."""
    with session_scope(console().engine) as db:
        counts = feedback_counts(db)
    found: dict[str, dict[str, Votes]] = {}
    for count in counts:
        known = count.intent in content.locales.answers and count.language in content.locales.languages
        if known and count.version == content.locales.answer_version(count.intent, count.language):
            found.setdefault(count.intent, {})[count.language] = Votes(count.helped, count.not_helped)
    return found


def together(of_languages: Mapping[str, Votes]) -> Votes:
    """Return what people said in all languages."""
    return sum(of_languages.values(), Votes())
