"""Plural forms: as many as the language has, and every one filled in."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.plurals import get_plural

from bot.content.catalogues import forms_of
from bot.content.content import Content
from bot.content.finding import Finding
from bot.content.texts import name_of

RULE = "plurals"


def check(content: Content) -> Iterator[Finding]:
    """Yield PO files whose head counts otherwise than the language, and entries that lack a form."""
    for file, catalogue in content.catalogues.items():
        language = Path(file).parent.parent.name
        right = get_plural(language)
        if (catalogue.num_plurals, catalogue.plural_expr) != (right.num_plurals, right.plural_expr):
            yield Finding(file, "", RULE, "head", {"held": catalogue.plural_forms, "wanted": right.plural_forms})
        for message in catalogue:
            if not message.id or isinstance(message.id, str) or message.fuzzy:
                continue
            filled = [form for form in forms_of(message.string) if form]
            if any(filled) and len(filled) != right.num_plurals:
                values = {"held": len(filled), "wanted": right.num_plurals}
                yield Finding(file, name_of(message), RULE, "forms", values)
