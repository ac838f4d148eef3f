"""PO files from the English sources: new texts appear, changed ones are marked fuzzy, translations are kept.

Context is the text's id, so that two equal English texts can differ in another language. No line numbers and no
dates: a change of one text is a change of one entry.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

DOMAINS = ("dialogue", "answers")
REVIEWED = "reviewed"  # a translator's comment: `# reviewed (native): who, day`, or (lawyer)
REVIEW = re.compile(rf"^{REVIEWED} \((native|lawyer)\): \S")
HEADER = "# {language}: {domain} of Körpü's bot. Made from locales/source; edit the msgstr only.\n#"
RESTLESS = tuple(
    f'"{name}' for name in ("POT-Creation", "PO-Revision", "Generated-By", "Last-Translator", "Language-Team")
)


@dataclass(frozen=True)
class SourceText:
    """One English text: its context, its words, and what a translator should know."""

    context: str
    text: str
    comment: str


def source_texts(directory: Path, domain: str) -> list[SourceText]:
    """Return every text of a domain in the order of the source files."""
    source = directory / "source"
    if domain == "dialogue":
        return [*_dialogue(_read(source / "dialogue.yml")), *_labels(_read(source / "labels.yml"))]
    return [*_answers(_read(source / "answers.yml")), *_sources(_read(directory / "facts.yml"))]


def update(directory: Path, language: str, translations: Mapping[str, str] | None = None) -> None:
    """Bring the PO files of a language up to date; `translations` (context → text) fills or replaces entries."""
    for domain in DOMAINS:
        path = directory / language / "LC_MESSAGES" / f"{domain}.po"
        held = read_catalogue(path, language)
        catalogue = new_catalogue(language, domain)
        for entry in source_texts(directory, domain):
            old, new = held.get(entry.context), (translations or {}).get(entry.context)
            changed = new is not None or (old is not None and old.id != entry.text)
            catalogue.add(
                entry.text,
                new or (str(old.string) if old else ""),
                context=entry.context,
                auto_comments=[entry.comment] if entry.comment else [],
                user_comments=_kept_comments(old, changed=changed),
                flags=["fuzzy"] if new is None and is_stale(old, entry.text) else [],
            )
        write_catalogue(path, catalogue)


def read_catalogue(path: Path, language: str) -> dict[str, Message]:
    """Return the entries of a PO file by their context; nothing when the file is not there yet."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.context): message for message in catalogue if message.context}


def is_stale(old: Message | None, source: str) -> bool:
    """Tell whether a translation is of another source text; it stays so until somebody has seen to it."""
    return old is not None and bool(old.string) and (old.fuzzy or old.id != source)


def _kept_comments(old: Message | None, *, changed: bool) -> list[str]:
    """Return the translators' comments; a review ends with the text that was reviewed."""
    comments = old.user_comments if old else []
    return [comment for comment in comments if not (changed and comment.startswith(REVIEWED))]


def new_catalogue(language: str, domain: str) -> Catalog:
    """Return an empty catalogue with our header."""
    return Catalog(
        locale=language,
        domain=domain,
        project="korpu",
        charset="utf-8",
        header_comment=HEADER.format(language=language, domain=domain),
    )


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write the file without the headers that differ each time."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line for line in lines if not line.startswith(RESTLESS)), encoding="utf-8")


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _dialogue(raw: Mapping[str, Any]) -> Iterator[SourceText]:
    for name, entry in raw["texts"].items():
        yield SourceText(f"text/{name}", entry["text"], "")
    for name, word in raw["labels"].items():
        yield SourceText(f"label/{name}", word, "at most 32 characters" if name.startswith("btn_") else "")


def _labels(raw: Mapping[str, Any]) -> Iterator[SourceText]:
    for group, prefix in (("topics", "topic"), ("acts", "act"), ("behind", "behind")):
        for key, word in raw[group].items():
            yield SourceText(f"label/{prefix}:{key}", word, "at most 32 characters")


def _answers(raw: Mapping[str, Any]) -> Iterator[SourceText]:
    for intent, entry in raw.items():
        yield SourceText(f"label/answer:{intent}", entry["label"], "at most 32 characters")
        yield SourceText(f"answer/{intent}", entry["text"], f"risk: {entry['risk']}")


def _sources(raw: Mapping[str, Any]) -> Iterator[SourceText]:
    for key, source in raw["sources"].items():
        yield SourceText(f"source/{key}", source["name"], "")
