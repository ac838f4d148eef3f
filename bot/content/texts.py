"""Every text in every language with its state, from the sources and the PO files."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.content.catalogues import CONSOLE, DOMAINS, entries_of, forms_of, is_stale, key_of
from bot.content.content import Kind, State, Text
from bot.content.sources import SourceText, source_texts
from bot.i18n import SOURCE_LANGUAGE

LONGEST_NAME = 60  # of a console's text, which is known by its English


def all_texts(directory: Path, catalogues: Mapping[str, Catalog], also: Collection[str] = ()) -> Iterator[Text]:
    """Yield the English texts and those of each PO file; `catalogues` are by their names below `locales`.

    Drafts of answers are left out, but for those of `also`.
    """
    sources = {
        domain: [text for text in source_texts(directory, domain) if text.draft is None or text.draft in also]
        for domain in DOMAINS
    }
    for texts in sources.values():
        for source in texts:
            file, kind = f"{directory.name}/{source.file}", _kind(source.context)
            yield Text(file, source.context, kind, SOURCE_LANGUAGE, source.text, source.text)
    for file, catalogue in catalogues.items():
        language, domain = file.split("/")[-3], Path(file).stem
        if domain == CONSOLE:
            yield from _of_console(file, language, catalogue)
        else:
            yield from _of_bot(sources[domain], file, language, catalogue)


def _of_bot(sources: list[SourceText], file: str, language: str, catalogue: Catalog) -> Iterator[Text]:
    held = entries_of(catalogue)
    for source in sources:
        message = held.get(source.context)
        text = "" if message is None else "".join(forms_of(message.string))
        state = State.STALE if is_stale(message, source.text) else State.SHOWN if text else State.MISSING
        yield Text(file, source.context, _kind(source.context), language, source.text, text, state)


def _of_console(file: str, language: str, catalogue: Catalog) -> Iterator[Text]:
    """Yield each form of a plural by itself, beside the English form that has the same placeholders."""
    for message in catalogue:
        english = forms_of(message.id)[-1] if message.id else ""
        for form in forms_of(message.string) if english else ():
            yield Text(file, name_of(message), Kind.CONSOLE, language, english, form, _console_state(message, form))


def name_of(message: Message) -> str:
    """Return what editors find an entry by: its context, or the beginning of its English."""
    key = key_of(message)
    return key if message.context or len(key) <= LONGEST_NAME else f"{key[:LONGEST_NAME].rstrip()}…"


def _console_state(message: Message, form: str) -> State:
    if not form:
        return State.MISSING
    return State.STALE if message.fuzzy else State.SHOWN


def _kind(context: str) -> Kind:
    return Kind(context.partition("/")[0])
