"""What fills the placeholders of a text: today's value and what it is, in plain words."""

from dataclasses import dataclass

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bot.content.content import Content
from bot.content.sources import PLACEHOLDER
from bot.editor.subjects import ANSWER, Subject, in_trouble
from bot.facts import Confidence, Fact, Unit

UNIT = {
    Unit.PHONE: lazy_gettext("phone number"),
    Unit.AZN: lazy_gettext("amount of money; the currency is written with it"),
    Unit.DAYS: lazy_gettext("number of days; only the number is shown"),
    Unit.MONTHS: lazy_gettext("number of months; only the number is shown"),
    Unit.YEARS: lazy_gettext("number of years; only the number is shown"),
    Unit.HOURS: lazy_gettext("number of hours; only the number is shown"),
    Unit.DATE: lazy_gettext("year, month or day"),
    Unit.PERCENT: lazy_gettext("number; write the sign % yourself"),
    Unit.COUNT: lazy_gettext("number"),
    Unit.TEXT: lazy_gettext("words that are the same in every language"),
    Unit.URL: lazy_gettext("web address"),
    Unit.EMAIL: lazy_gettext("e-mail address"),
    Unit.ADDRESS: lazy_gettext("address, the same in every language"),
}
SURE = {
    Confidence.CONFIRMED: lazy_gettext("a published page says so"),
    Confidence.WEAK: lazy_gettext("only a weak page says so"),
    Confidence.THEN: lazy_gettext("was so at its date"),
    Confidence.UNCONFIRMED: lazy_gettext("nobody has confirmed it"),
}


@dataclass(frozen=True)
class Filled:
    """One placeholder: what stands in its place today, and what that is. `fact` when it is one."""

    name: str
    value: str
    what: str
    fact: bool = False
    trouble: bool = False


def filled(content: Content, subject: Subject, texts: list[str], language: str) -> list[Filled]:
    """Return what fills the placeholders of some texts, each once."""
    names = dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text))
    return [_filled(content, subject, name, language) for name in names]


def all_facts(content: Content, language: str) -> list[Filled]:
    """Return every fact that a text may show."""
    return [_of_fact(content, fact, language) for fact in content.facts.facts.values() if fact.value is not None]


def _filled(content: Content, subject: Subject, name: str, language: str) -> Filled:
    fact = content.facts.facts.get(name)
    if fact is not None:
        return _of_fact(content, fact, language)
    value = content.explained.values.get(name)
    if value is None or subject.kind == ANSWER:
        return Filled(name, "?", str(_("Nothing fills this in. Look at how the name is written.")), trouble=True)
    return Filled(name, str(value["example"]), str(value["what"]))


def _of_fact(content: Content, fact: Fact, language: str) -> Filled:
    value = "?" if fact.value is None else content.facts.render(fact.name, language)
    parts = [str(UNIT[fact.unit])]
    if fact.behind is not None:
        parts.append(content.locales.label(f"behind:{fact.behind}", language))
    parts.append(str(SURE[fact.confidence]))
    day = format_date(fact.checked, format="long", locale=language)
    parts.append(str(_("checked on %(day)s", day=day)))
    return Filled(fact.name, value, " · ".join(parts), fact=True, trouble=in_trouble(fact, content.today))
