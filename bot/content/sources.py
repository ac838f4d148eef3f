"""The English sources: every text with its id, and what a translator should know of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.limits import BUTTON, MESSAGE, limit_of
from bot.content.placeholders import Explained, explanations
from bot.i18n import DRAFT
from bot.yamlfile import load_kept

PLACEHOLDER = re.compile(r"\{(\w+)\}")
ANSWERS, DIALOGUE, LABELS, FACTS = "source/answers.yml", "source/dialogue.yml", "source/labels.yml", "facts.yml"
LABEL_GROUPS = (("topics", "topic"), ("acts", "act"), ("behind", "behind"))


@dataclass(frozen=True)
class SourceText:
    """One English text: its context, its words, the file that it stands in, and notes for the translator.

    `draft` is the intent of the answer that it belongs to, while that is being written.
    """

    context: str
    text: str
    file: str
    notes: tuple[str, ...] = ()
    draft: str | None = None


@dataclass(frozen=True)
class _Bare:
    context: str
    text: str
    risk: str | None = None
    draft: str | None = None


def source_texts(directory: Path, domain: str) -> list[SourceText]:
    """Return every text of a domain in the order of the source files; `directory` is `locales`.

    What is not written yet, as in the draft of an answer, is left out: there is nothing to translate.
    """
    explained = explanations(directory)
    return [text for file in FILES_OF[domain] for text in texts_of_file(directory, file, explained)]


def texts_of_file(directory: Path, file: str, explained: Explained) -> list[SourceText]:
    """Return every text of one source file, which is named relative to `directory`."""
    return [
        SourceText(bare.context, bare.text, file, notes_on(bare.context, bare.text, bare.risk, explained), bare.draft)
        for bare in _READERS[file](load_kept(directory / file))
        if bare.text
    ]


def notes_on(context: str, text: str, risk: str | None, explained: Explained) -> tuple[str, ...]:
    """Return what a translator should know: the risk, the longest that fits, what fills each placeholder."""
    notes = [f"risk: {risk}"] if risk else []
    if (limit := limit_of(context)) < MESSAGE and context.startswith("label/"):
        notes.append(f"at most {limit} characters{' (a button)' if limit == BUTTON else ''}")
    return (*notes, *(explained.note(name) for name in dict.fromkeys(PLACEHOLDER.findall(text))))


def _answers(raw: Mapping[str, Any]) -> Iterator[_Bare]:
    for intent, entry in raw.items():
        draft = intent if entry.get(DRAFT) else None
        yield _Bare(f"label/answer:{intent}", entry["label"], None, draft)
        yield _Bare(f"answer/{intent}", entry.get("text") or "", entry.get("risk"), draft)


def _sources(raw: Mapping[str, Any]) -> Iterator[_Bare]:
    for key, source in raw["sources"].items():
        yield _Bare(f"source/{key}", source["name"])


def _dialogue(raw: Mapping[str, Any]) -> Iterator[_Bare]:
    for name, entry in raw["texts"].items():
        yield _Bare(f"text/{name}", entry["text"])
    for name, word in raw["labels"].items():
        yield _Bare(f"label/{name}", word)


def _labels(raw: Mapping[str, Any]) -> Iterator[_Bare]:
    for group, prefix in LABEL_GROUPS:
        for key, word in raw[group].items():
            yield _Bare(f"label/{prefix}:{key}", word)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[_Bare]]] = {
    ANSWERS: _answers,
    FACTS: _sources,
    DIALOGUE: _dialogue,
    LABELS: _labels,
}
FILES_OF = {"dialogue": (DIALOGUE, LABELS), "answers": (ANSWERS, FACTS)}
