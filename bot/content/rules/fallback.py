"""What is not translated: people see English, and a note in their language says so; some texts may not be so at all."""

from collections.abc import Iterator
from fnmatch import fnmatch

from bot.content.content import Content, Kind, State, Text
from bot.content.finding import Finding, Level
from bot.i18n import SOURCE_LANGUAGE

RULE = "fallback"
NOTE = "answer_other_language"
# What is said without a note and must be understood: safety, consent, what happens to what somebody wrote.
NEEDED = ("card_*", "exit_*", "ask_consent*", "consent_*", "privacy", "referral_opened_*", "danger_*", NOTE)


def check(content: Content) -> Iterator[Finding]:
    """Yield what people would see in English; it is an error where no note can say so, or the note does not."""
    for text in content.texts:
        if text.is_english or text.state is State.SHOWN or text.kind is Kind.CONSOLE:
            continue
        is_needed = text.kind is Kind.TEXT and any(fnmatch(text.name, pattern) for pattern in NEEDED)
        level = Level.ERROR if is_needed else Level.WARNING
        yield Finding(text.file, text.entry, RULE, _problem(text, content), {}, level)
        if text.kind is Kind.ANSWER and not _has_note(text, content):
            yield Finding(text.file, text.entry, RULE, "no_note")


def _problem(text: Text, content: Content) -> str:
    risk = content.locales.answers[text.name]["risk"] if text.kind is Kind.ANSWER else ""
    return f"{text.state}_high" if risk == "high" else str(text.state)


def _has_note(text: Text, content: Content) -> bool:
    """Tell whether the answer begins with the note that names the language it is in, written in the reader's own."""
    shown = content.rendered.get((text.language, text.entry))
    note = content.rendered.get((text.language, f"text/{NOTE}"), "").strip()
    if shown is None:
        return True  # it cannot be shown at all, and other rules say why
    is_translated = f"text/{NOTE}" in content.locales.translations[text.language]
    return is_translated and content.locales.languages[SOURCE_LANGUAGE].name in note and shown.startswith(note)
