"""PO files from the English sources: new texts appear, changed ones are marked fuzzy, translations are kept.

Context is the text's id, so that two equal English texts can differ in another language; the console's texts have none.
No line numbers and no date that moves: a change of one text is a change of one entry, whatever tool wrote the file.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize, normalize, read_po, write_po

from bot.content.extraction import console_texts
from bot.content.sources import source_texts

DOMAINS = ("dialogue", "answers")  # of the bot; every language has them
CONSOLE = "console"  # for staff: the languages that have the file
REVIEWED = "reviewed"  # a translator's comment: `# reviewed (native): who, day`, or (lawyer)
REVIEW = re.compile(rf"^{REVIEWED} \((native|lawyer)\): \S")
HEADER = "# {language}: {domain} of Körpü. Made by `korpu content update`; edit the msgstr only.\n#"
FIRST_DRAFT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)  # tools want a date; one that moved would be in every change
LAST_TRANSLATOR = "a machine, unless a comment of the entry says more"
PREVIOUS, PLACE = "| ", "previous"
RESTLESS = ('"POT-Creation-Date', '"Generated-By')


@dataclass(frozen=True)
class _Wanted:
    """What an entry of a PO file is to be."""

    key: str
    id: str | tuple[str, ...]
    context: str | None
    notes: tuple[str, ...]


def update(
    directory: Path,
    language: str,
    translations: Mapping[str, str] | None = None,
    *,
    reviews: Mapping[str, Collection[str]] | None = None,
    domains: Collection[str] | None = None,
) -> None:
    """Bring the PO files of a language up to date; `translations` (context → text) fills or replaces entries.

    `reviews` (context → comments) replaces the reviews of entries. With `domains`, only those files.
    """
    for file, text in updated(directory, language, translations, reviews=reviews, domains=domains).items():
        path = directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def updated(
    directory: Path,
    language: str,
    translations: Mapping[str, str] | None = None,
    *,
    reviews: Mapping[str, Collection[str]] | None = None,
    domains: Collection[str] | None = None,
    sources: Path | None = None,
) -> dict[Path, str]:
    """Return the PO files of a language, below `directory`, as `update` would write them.

    `sources` is another folder with the English sources, if not `directory`.
    """
    files = {}
    for domain in domains or domains_of(directory, language):
        path = path_of(directory, language, domain)
        held = entries_of(read_catalogue(path, language))
        catalogue = _new_catalogue(language, domain)
        for wanted in _wanted(sources or directory, domain):
            _add(catalogue, wanted, held.get(wanted.key), (translations or {}).get(wanted.key))
            if reviews and wanted.key in reviews:
                _review(catalogue, wanted, reviews[wanted.key])
        files[path.relative_to(directory)] = _text(catalogue)
    return files


def domains_of(directory: Path, language: str) -> tuple[str, ...]:
    """Return the domains that a language has."""
    return (*DOMAINS, CONSOLE) if path_of(directory, language, CONSOLE).exists() else DOMAINS


def path_of(directory: Path, language: str, domain: str) -> Path:
    """Return the path of a PO file."""
    return directory / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Return a PO file, an empty one when it is not there yet; raise `PoFileError` or `ValueError` if it is damaged."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries_of(catalogue: Catalog) -> dict[str, Message]:
    """Return the entries of a PO file by what they are known by."""
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> str:
    """Return what an entry is known by: its context, or its English where it has none."""
    return str(message.context or forms_of(message.id)[0])


def forms_of(text: str | Collection[str] | None) -> tuple[str, ...]:
    """Return the forms of a text: one, or several where it depends on a number."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def is_stale(old: Message | None, source: str) -> bool:
    """Tell whether a translation is of another source text; it stays so until somebody has seen to it."""
    return old is not None and bool(old.string) and (old.fuzzy or old.id != source)


def _wanted(directory: Path, domain: str) -> list[_Wanted]:
    if domain == CONSOLE:
        return [_Wanted(forms_of(text)[0], text, None, ()) for text in console_texts()]
    return [_Wanted(text.context, text.text, text.context, text.notes) for text in source_texts(directory, domain)]


def _add(catalogue: Catalog, wanted: _Wanted, old: Message | None, new: str | None) -> None:
    is_same = old is not None and forms_of(old.id) == forms_of(wanted.id)
    is_kept = old is not None and len(forms_of(old.id)) == len(forms_of(wanted.id))
    stale = old is not None and any(forms_of(old.string)) and (old.fuzzy or not is_same)
    catalogue.add(
        wanted.id,
        new or (old.string if old is not None and is_kept else ""),
        context=wanted.context,
        previous_id=_previous(old, is_same=is_same) if new is None and stale else (),
        auto_comments=wanted.notes,
        user_comments=_kept_comments(old, changed=not is_same or (new is not None and _is_other(new, old))),
        flags=["fuzzy"] if new is None and stale else [],
    )


def _previous(old: Message | None, *, is_same: bool) -> tuple[str, ...]:
    """Return the English that a translation was made from: translators' programs show what has changed since."""
    if old is None:
        return ()
    if found := _previous_of(old.user_comments):
        return found
    return () if is_same else forms_of(old.id)


def _previous_of(comments: Collection[str]) -> tuple[str, ...]:
    """Return what stands in lines with `#|`, which Babel takes for a translator's comments."""
    held = "\n".join(comment.removeprefix(PREVIOUS) for comment in comments if comment.startswith(PREVIOUS))
    parts = re.split(r"^msgid(?:_plural)? ", held, flags=re.MULTILINE)[1:]
    return tuple(denormalize(part.strip()) for part in parts)


def _review(catalogue: Catalog, wanted: _Wanted, reviews: Collection[str]) -> None:
    message = catalogue.get(wanted.id, wanted.context)
    if message is not None:
        message.user_comments = [*(c for c in message.user_comments if not c.startswith(REVIEWED)), *reviews]


def _is_other(new: str, old: Message | None) -> bool:
    return old is None or new != old.string


def _kept_comments(old: Message | None, *, changed: bool) -> list[str]:
    """Return the translators' comments; a review ends with the text that was reviewed."""
    comments = [comment for comment in (old.user_comments if old else []) if not comment.startswith(PREVIOUS)]
    return [comment for comment in comments if not (changed and comment.startswith(REVIEWED))]


def _new_catalogue(language: str, domain: str) -> Catalog:
    return Catalog(
        locale=language,
        domain=domain,
        project="korpu",
        version="content",
        charset="utf-8",
        header_comment=HEADER.format(language=language, domain=domain),
        msgid_bugs_address="docs/editors.md",
        revision_date=FIRST_DRAFT,
        last_translator=LAST_TRANSLATOR,
        language_team=language,
        fuzzy=False,
    )


def _text(catalogue: Catalog) -> str:
    """Return the file without the headers that differ each time.

    Babel wraps the lines of the previous English in the middle of a string, which no program could read: they are put
    in afterwards.
    """
    changed = [message for message in catalogue if message.previous_id]
    previous = [tuple(message.previous_id) for message in changed]
    for message in changed:
        message.previous_id = [PLACE]
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, include_previous=True)
    for message, forms in zip(changed, previous, strict=True):
        message.previous_id = list(forms)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    turn = iter("".join(_previous_lines(forms)) for forms in previous)
    lines = [next(turn) if line == f'#| msgid "{PLACE}"\n' else line for line in lines]
    return "".join(line for line in lines if not line.startswith(RESTLESS))


def _previous_lines(forms: tuple[str, ...]) -> Iterator[str]:
    for name, text in zip(("msgid", "msgid_plural"), forms, strict=False):
        yield from (f"#{PREVIOUS}{line}\n" for line in f"{name} {normalize(text, width=0)}".split("\n"))
