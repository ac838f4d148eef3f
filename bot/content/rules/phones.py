"""Telephone numbers: ones that exist, and written once, in facts.yml."""

import re
from collections.abc import Iterator, Mapping

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberMatcher, shortnumberinfo

from bot.content.content import Content, Kind, Text
from bot.content.finding import Finding
from bot.facts import Unit

RULE = "phones"
COUNTRY = "AZ"
_AFTER_SIGN = re.compile(r"☎\s*[+(]?\d")
_NUMBER = re.compile(r"(?<![\d{])\d[\d ()-]*\d(?![\d}])")


def check(content: Content) -> Iterator[Finding]:
    """Yield numbers that cannot be dialled, and those that stand in a text instead of in facts.yml."""
    short = content.files[content.named("short_codes.yml")]
    raw = content.files[content.named("facts.yml")]["facts"]
    numbers = {f.name: str(f.value) for f in content.facts.facts.values() if f.unit is Unit.PHONE and f.value}
    for name, number in numbers.items():
        country = raw[name].get("country", COUNTRY)
        if not exists(number, country, short):
            yield Finding(content.named("facts.yml"), name, RULE, "invalid", {"number": number, "country": country})
    written = {_digits(number): name for name, number in numbers.items()}
    for text in content.english:  # a number that only a translation has is found by the rule on numbers
        typed = None if text.kind is Kind.SOURCE else _typed(text, written)
        if typed is not None:
            yield Finding(text.file, text.entry, RULE, "typed", {"number": typed})


def exists(number: str, country: str, short: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether a number can be dialled in a country: a whole one, or a short one that is known."""
    if _digits(number) in (short.get(country) or {}):
        return True
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        return False
    is_short: bool = shortnumberinfo.is_valid_short_number_for_region(parsed, country)
    return is_short or bool(phonenumbers.is_valid_number(parsed))


def _typed(text: Text, written: Mapping[str, str]) -> str | None:
    for match in _NUMBER.finditer(text.text):
        if _digits(match[0]) in written:
            return match[0]
    if sign := _AFTER_SIGN.search(text.text):
        return sign[0]
    found = next(iter(PhoneNumberMatcher(text.text, COUNTRY, leniency=Leniency.VALID)), None)
    return found.raw_string if found else None


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
