"""What the check would say of one text, while it is typed: the rules that look at a text by itself."""

from dataclasses import replace

from bot.content.finding import Finding
from bot.content.rules import RULES
from bot.editor.drafting import drafted, drafted_texts
from bot.editor.shelf import Shelf
from bot.editor.subjects import Subject
from bot.editor.typed import Key, Typed
from bot.i18n import SOURCE_LANGUAGE

# Not those that look at the lexicons of danger, at all providers or at the whole of the files: they take too long.
OF_ONE_TEXT = (
    *("placeholders", "tags", "numbers", "links", "facts", "phones", "owner", "promises"),
    *("length", "layout", "reading_ease", "signs", "people", "terms", "direction"),
)


def probed(held: Shelf, subject: Subject, typed: Typed) -> dict[Key, list[Finding]]:
    """Return what is wrong with the texts of a form, by field."""
    locales = drafted(held, subject, typed, tolerant=False)
    probe = replace(held.content, locales=locales, texts=drafted_texts(held, subject, typed))
    found = (finding for name in OF_ONE_TEXT for finding in RULES[name](probe))
    return by_field(subject, tuple(found))[0]


def by_field(subject: Subject, findings: tuple[Finding, ...]) -> tuple[dict[Key, list[Finding]], list[Finding]]:
    """Return findings by the field that they are of, and those of other texts."""
    fields: dict[Key, list[Finding]] = {}
    others = []
    for finding in findings:
        part = next((part for part in subject.parts if finding.entry == part.context), None)
        if part is None and finding.entry == subject.name:
            part = subject.parts[-1]
        if part is None:
            others.append(finding)
        else:
            fields.setdefault((language_of(finding), part.name), []).append(finding)
    return fields, others


def language_of(finding: Finding) -> str:
    """Return the language of the file that a finding is in."""
    parts = finding.file.split("/")
    return parts[1] if finding.file.endswith(".po") else SOURCE_LANGUAGE
