"""What a change of a fact does to what people read, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import get_locale

from bot.content.changing import (
    ChangeError,
    Clash,
    Conflict,
    Edit,
    NothingChanged,
    Refused,
    needs_second_person,
    try_change,
)
from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.sources import FACTS
from bot.editor.facts_shown import ShownLine, lines_with
from bot.editor.reasons import why_not
from bot.editor.workplace import place
from bot.facts import Confidence, Fact, FactValue
from bot.i18n import Locales


@dataclass(frozen=True)
class Look:
    """A change that is looked at. `lines` are those of the page's language, `everywhere` the first one in each."""

    edits: tuple[Edit, ...]
    mistakes: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    clashes: tuple[Clash, ...] = ()
    problem: str = ""
    nothing_new: bool = False
    lines: tuple[tuple[ShownLine, ShownLine], ...] = ()
    everywhere: tuple[tuple[str, ShownLine], ...] = ()
    caution: str = ""
    needs_second: bool = False

    @property
    def can_be_saved(self) -> bool:
        """Tell whether nothing stands against the change."""
        return not (self.mistakes or self.clashes or self.problem or self.nothing_new)

    @property
    def shown_differently(self) -> bool:
        """Tell whether people read other words in the answers themselves."""
        return any(before.value != after.value for before, after in self.lines)


def look_at(content: Content, changed: Fact, edits: Sequence[Edit]) -> Look:
    """Try a change that makes a fact so, and return what it would do; nothing is written."""
    seen = Look(tuple(edit for edit in edits if edit.before != edit.after))
    try:
        trial = try_change(place(), edits)
    except NothingChanged:
        return replace(seen, nothing_new=True)
    except Conflict as conflict:
        return replace(seen, clashes=conflict.clashes)
    except Refused as refused:
        return replace(seen, mistakes=refused.findings)
    except ChangeError as error:
        return replace(seen, problem=why_not(error))
    if trial.blocking:
        return replace(seen, mistakes=trial.blocking)
    after, here = _with(content.locales, changed), str(get_locale())
    before = lines_with(content.locales, changed.name, here)
    return replace(
        seen,
        warnings=tuple(finding for finding in trial.report.warnings if finding.entry == changed.name),
        lines=tuple(zip(before, lines_with(after, changed.name, here), strict=True)),
        everywhere=tuple(_everywhere(after, changed.name)),
        caution=_caution(content.locales, after, changed.name, here),
        needs_second=needs_second_person(place().locales, edits),
    )


def shown_after(content: Content, edits: Sequence[Edit]) -> list[tuple[str, ShownLine]]:
    """Return the first line in each language that shows a fact with the value that edits give it; none without one."""
    for edit in edits:
        known = edit.file == FACTS and edit.path[0] == "facts" and edit.path[1] in content.facts.facts
        if known and edit.path[2] == "value" and isinstance(edit.after, FactValue):
            fact = replace(content.facts.named(edit.path[1]), value=edit.after)
            return _everywhere(_with(content.locales, fact), fact.name)
    return []


def _with(locales: Locales, fact: Fact) -> Locales:
    facts = replace(locales.facts, facts={**locales.facts.facts, fact.name: fact})
    return replace(locales, facts=facts)


def _everywhere(locales: Locales, name: str) -> list[tuple[str, ShownLine]]:
    first = ((code, next(lines_with(locales, name, code), None)) for code in locales.languages)
    return [(code, line) for code, line in first if line is not None]


def _caution(before: Locales, after: Locales, name: str, language: str) -> str:
    """Return the line that the bot adds below the answers from now on, if it does."""
    fact = after.facts.named(name)
    if fact.confidence is not Confidence.WEAK or before.facts.named(name).confidence is Confidence.WEAK:
        return ""
    return after.text("answer_weak", language, facts=after.facts.render(name, language)).strip()
