"""PO files from the English sources: new texts appear, changed ones are marked fuzzy, translations are kept.

Context is the text's id, so that two equal English texts can differ in another language. No line numbers and no
dates: a change of one text is a change of one entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

DOMAINS = ("dialogue", "answers")
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
        held = _held(path, language)
        catalogue = _new_catalogue(language, domain)
        for entry in source_texts(directory, domain):
            old_source, old_text = held.get(entry.context, ("", ""))
            new = (translations or {}).get(entry.context)
            text = new or old_text
            stale = bool(old_text) and old_source != entry.text and new is None
            catalogue.add(
                entry.text,
                text,
                context=entry.context,
                auto_comments=[entry.comment] if entry.comment else [],
                flags=["fuzzy"] if stale else [],
            )
        _write(path, catalogue)


def _held(path: Path, language: str) -> dict[str, tuple[str, str]]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(m.context): (str(m.id), str(m.string)) for m in catalogue if m.context}


def _new_catalogue(language: str, domain: str) -> Catalog:
    return Catalog(
        locale=language,
        domain=domain,
        project="korpu",
        charset="utf-8",
        header_comment=HEADER.format(language=language, domain=domain),
    )


def _write(path: Path, catalogue: Catalog) -> None:
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
