"""The rules of content, one a file: each looks at everything and yields what is wrong. `RULES` is all there is."""

from collections.abc import Callable, Iterator

from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.rules import (
    buttons,
    danger,
    direction,
    facts,
    fallback,
    layout,
    length,
    links,
    numbers,
    owner,
    people,
    phones,
    placeholders,
    plurals,
    promises,
    providers,
    reading_ease,
    references,
    reviews,
    signs,
    tags,
    terms,
    words,
)

Rule = Callable[[Content], Iterator[Finding]]
_MODULES = (
    *(placeholders, tags, numbers, links, references),
    *(facts, reviews, phones, owner, promises),
    *(length, buttons, layout, reading_ease, signs, people, terms),
    *(plurals, fallback, direction),
    *(danger, words, providers),
)
RULES: dict[str, Rule] = {module.RULE: module.check for module in _MODULES}
