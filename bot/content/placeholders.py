"""What fills a `{placeholder}`: a fact, or a value of the program that `source/placeholders.yml` explains."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.facts import Unit
from bot.yamlfile import load_kept

FILE = "source/placeholders.yml"
OF_UNIT = {
    Unit.PHONE: "a telephone number",
    Unit.AZN: 'an amount with its currency, such as "50 AZN"',
    Unit.DAYS: "a number of days; only the number is shown",
    Unit.MONTHS: "a number of months; only the number is shown",
    Unit.YEARS: "a number of years; only the number is shown",
    Unit.HOURS: "a number of hours; only the number is shown",
    Unit.DATE: "a year, a month with its year, or a day",
    Unit.PERCENT: "a number; the sign % is yours to write",
    Unit.COUNT: "a number",
    Unit.TEXT: "words that are the same in every language",
    Unit.URL: "an address of the web",
    Unit.EMAIL: "an e-mail address",
    Unit.ADDRESS: "an address, the same in every language",
}


@dataclass(frozen=True)
class Explained:
    """Notes for translators, and examples for showing a text before it is filled in."""

    facts: Mapping[str, Any]
    values: Mapping[str, Mapping[str, Any]]

    def note(self, name: str) -> str:
        """Return one line on a placeholder."""
        fact = self.facts.get(name)
        if fact is not None:
            return f"{{{name}}}: {OF_UNIT[Unit(fact['unit'])]}" + _who(fact.get("behind"))
        value = self.values.get(name)
        return f"{{{name}}}: {value['what'] if value else 'filled in by the program'}"


def explanations(directory: Path) -> Explained:
    """Read both files; `directory` is `locales`."""
    return Explained(load_kept(directory / "facts.yml")["facts"], load_kept(directory / FILE))


def _who(behind: str | None) -> str:
    return f" ({behind})" if behind else ""
