"""`make content-report`: what there is in each language, and who has read it.

A translation is a machine's draft until its PO entry has the comment `# reviewed (native): who, day`, or `(lawyer)`.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.content.catalogues import DOMAINS, REVIEW, entries_of, is_stale, path_of, read_catalogue
from bot.content.sources import source_texts
from bot.gateway.danger import Danger
from bot.i18n import SOURCE_LANGUAGE, language_codes
from bot.intents import load_catalogue
from bot.nlu.examples import read_examples
from bot.paths import ROOT
from bot.yamlfile import read_yaml

MISSING, STALE, DRAFT = "missing", "stale", "draft"
STATES = {
    MISSING: "not translated",
    STALE: "source has changed since",
    DRAFT: "**machine draft, needs native review**",
    "native": "reviewed by a native speaker",
    "lawyer": "reviewed by a lawyer too",
}
HEAD = """# What there is in each language, and who has read it

Written by `make content-report`; do not edit. The English source, all translations, the training examples, the
evaluation messages and the danger lexicons were drafted by a machine.
**What is not listed as reviewed, no native speaker has read.** No lawyer has read the English source.

To note a review, add the comment `# reviewed (native): your name, the day` (or `(lawyer)`) above the entry in the PO
file, or in Poedit's comment field. It goes by itself when the English text changes; whoever changes the translation
takes it away.
"""


@dataclass(frozen=True)
class Entry:
    """One text in one language."""

    context: str
    state: str


def entries(language: str, locales: Path) -> list[Entry]:
    """Return every text of a language with its state."""
    found = []
    for domain in DOMAINS:
        held = entries_of(read_catalogue(path_of(locales, language, domain), language))
        for source in (text for text in source_texts(locales, domain) if text.draft is None):
            message = held.get(source.context)
            if message is None or not message.string:
                state = MISSING
            elif is_stale(message, source.text):
                state = STALE
            else:
                kinds = {match[1] for comment in message.user_comments if (match := REVIEW.match(comment))}
                state = "lawyer" if "lawyer" in kinds else "native" if kinds else DRAFT
            found.append(Entry(source.context, state))
    return found


def page(root: Path = ROOT) -> str:
    """Return docs/content.md."""
    translated = [code for code in language_codes() if code != SOURCE_LANGUAGE]
    states = {code: entries(code, root / "locales") for code in translated}
    lines = [
        HEAD,
        "## Texts",
        f"| language | texts | {' | '.join(STATES.values())} |",
        "|---" * (2 + len(STATES)) + "|",
    ]
    for code, found in states.items():
        counts = Counter(entry.state for entry in found)
        lines.append(f"| {code} | {len(found)} | {' | '.join(str(counts[state]) for state in STATES)} |")
    lines += [
        "",
        "## Answers reviewed by a native speaker, by topic",
        f"| topic | answers | {' | '.join(translated)} |",
    ]
    lines.append("|---" * (2 + len(translated)) + "|")
    for topic in load_catalogue().menu_topics:
        wanted = {f"answer/{intent}" for intent in load_catalogue().of_topic(topic)}
        cells = [sum(e.context in wanted and e.state in ("native", "lawyer") for e in states[c]) for c in translated]
        lines.append(f"| {topic} | {len(wanted)} | {' | '.join(map(str, cells))} |")
    return "\n".join([*lines, "", *_understanding(root)]) + "\n"


def _understanding(root: Path) -> list[str]:
    lines = [
        "## What understanding learns from",
        "| language | examples | fewest of an intent | danger patterns | danger messages |",
    ]
    lines.append("|---" * 5 + "|")
    held = list(read_examples(root / "data" / "nlu"))
    for code in language_codes():
        examples = Counter(example.intent for example in held if example.language == code)
        lexicon = read_yaml(root / "locales" / code / "danger.yml", root)
        patterns = sum(len(lexicon[danger.value]["patterns"]) for danger in Danger)
        lists = root / "data" / "danger" / f"{code}.yml"
        messages = sum(map(len, read_yaml(lists, root).values())) if lists.exists() else 0
        lines.append(f"| {code} | {examples.total()} | {min(examples.values())} | {patterns} | {messages} |")
    return lines
