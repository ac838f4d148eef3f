"""What is still to be written before a language or an answer can be shown to people, by name."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.content.check import check_content
from bot.content.finding import Finding
from bot.content.shapes import ANSWER
from bot.content.waiting import RULE as WAITING
from bot.gateway.danger import Danger
from bot.intents import Catalogue, Intent, Kind, read_catalogue
from bot.languages import offered, read_languages
from bot.nlu.examples import all_examples
from bot.yamlfile import load

RULE = "todo"
# How many of each there must be in a language; the contract tests hold every language that is offered to the same.
FEWEST_EXAMPLES = {Kind.ANSWER: 40, Kind.SAFETY: 40, Kind.ACT: 25, Kind.SMALL: 25}
FEWEST_MEASURED = 3
FEWEST_IN_DANGER, FEWEST_QUIET = 40, 60  # in evaluation/<language>.yml
FEWEST_FIRES, FEWEST_HARMLESS = 20, 40  # in locales/<language>/danger.yml
QUIET = "quiet"
TO_WRITE = ("text", "risk", "owner", "checked", "sources")


def todo(root: Path, language: str | None = None, *, today: dt.date | None = None) -> list[Finding]:
    """Return what is missing or wrong in every language and answer that is in preparation.

    With `language`, what that one lacks, whether it is offered or not.
    """
    project = _Project(root)
    waiting = [code for code in project.languages if code not in project.offered]
    languages = waiting if language is None else [language]
    answers = () if language is not None else tuple(project.catalogue.drafts)
    found = [finding for code in languages for finding in _of_language(project, code)]
    found += [finding for intent in answers for finding in _of_answer(project, intent)]
    whole = [intent for intent in answers if not any(project.lacking(intent))]
    report = check_content(
        root / "locales", today=today, also={*languages, *whole}, catalogue=project.catalogue_with(whole)
    )
    found += [f for f in report.findings if f.rule != WAITING and _is_about(f, languages, whole)]
    return sorted(found, key=lambda finding: finding.order)


def _is_about(finding: Finding, languages: Collection[str], answers: Collection[str]) -> bool:
    folder = finding.file.split("/")[1]
    names = {finding.entry, str(finding.values.get("language", ""))}
    of_answers = {f"{kind}/{intent}" for intent in answers for kind in ("answer", "label/answer")}
    of_answers |= {f"label/answer:{intent}" for intent in answers}
    return folder in languages or bool(names & {*languages, *of_answers})


@dataclass(frozen=True)
class _Project:
    """The files below a folder, each read once."""

    root: Path

    @cached_property
    def languages(self) -> Collection[str]:
        return read_languages(self.root / "locales").keys()

    @cached_property
    def offered(self) -> Collection[str]:
        return offered(self.root / "locales").keys()

    @cached_property
    def catalogue(self) -> Catalogue:
        return read_catalogue(self.root / "bot/intents/catalogue.yml")

    def catalogue_with(self, finished: Collection[str]) -> Catalogue:
        """Return the catalogue as the bot would have it if those answers were finished."""
        intents = (replace(i, draft=i.draft and i.name not in finished) for i in self.catalogue.intents)
        return Catalogue(self.catalogue.topics, tuple(intent for intent in intents if not intent.draft))

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        answers: Mapping[str, Any] = load(self.root / "locales/source/answers.yml")
        return answers

    @cached_property
    def examples(self) -> Counter[tuple[str, str]]:
        """Return how many examples there are by language and intent."""
        return Counter((e.language, e.intent) for e in all_examples(self.root / "data/nlu"))

    @cached_property
    def measured(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what measures each language, `evaluation/<language>.yml`."""
        return {code: _mapping(self.root / "evaluation" / f"{code}.yml") for code in self.languages}

    def lacking(self, intent: str) -> Iterator[str]:
        """Yield the keys of an answer that nobody has written yet."""
        entry = self.answers.get(intent) or {}
        yield from (key for key in TO_WRITE if not entry.get(key))
        yield from (key for key, kind in ANSWER.required.items() if entry.get(key) and not kind.fits(entry[key]))


def _of_answer(project: _Project, intent: str) -> Iterator[Finding]:
    for key in project.lacking(intent):
        yield Finding("locales/source/answers.yml", f"answer/{intent}", RULE, "key", {"key": key})
    for language in project.offered:
        yield from _counted(project, language, project.catalogue.by_name[intent])


def _of_language(project: _Project, language: str) -> Iterator[Finding]:
    for intent in project.catalogue.intents:
        if not intent.draft:
            yield from _counted(project, language, intent)
    measured = project.measured[language]
    in_danger = sum(len(texts or ()) for texts in (measured.get("danger") or {}).values())
    file = f"evaluation/{language}.yml"
    yield from _few(file, "danger", "measured_danger", in_danger, FEWEST_IN_DANGER)
    yield from _few(file, QUIET, "measured_danger", len(measured.get(QUIET) or ()), FEWEST_QUIET)
    yield from _of_lists(project.root, language)
    concepts = _mapping(project.root / "data/concepts" / f"{language}.yml")
    for concept in _mapping(project.root / "data/concepts/en.yml"):
        if not concepts.get(concept):
            yield Finding(f"data/concepts/{language}.yml", concept, RULE, "concept")


def _of_lists(root: Path, language: str) -> Iterator[Finding]:
    lexicon, learned = (root / place for place in (f"locales/{language}/danger.yml", f"data/danger/{language}.yml"))
    patterns, messages = _mapping(lexicon), _mapping(learned)
    file = lexicon.relative_to(root).as_posix()
    for danger in Danger:
        fires = (patterns.get(danger.value) or {}).get("fires") or ()
        yield from _few(file, f"{danger.value}: fires", "tested", len(fires), FEWEST_FIRES)
    yield from _few(file, QUIET, "tested", len(patterns.get(QUIET) or ()), FEWEST_HARMLESS)
    for name in (*(danger.value for danger in Danger), QUIET):
        if not messages.get(name):
            yield Finding(learned.relative_to(root).as_posix(), name, RULE, "danger_messages")


def _counted(project: _Project, language: str, intent: Intent) -> Iterator[Finding]:
    """Yield an intent that has too few examples in a language, or too few messages that measure it."""
    topic = intent.topic or {Kind.SMALL: "small"}.get(intent.kind, "acts")
    held = project.examples[language, intent.name]
    yield from _few(f"data/nlu/{language}/{topic}.yml", intent.name, "examples", held, FEWEST_EXAMPLES[intent.kind])
    styles = (project.measured[language].get("intents") or {}).get(intent.name) or {}
    measured = sum(len(texts or ()) for texts in styles.values())
    yield from _few(f"evaluation/{language}.yml", intent.name, "measured", measured, FEWEST_MEASURED)


def _few(file: str, entry: str, problem: str, held: int, wanted: int) -> Iterator[Finding]:
    if held < wanted:
        yield Finding(file, entry, RULE, problem, {"held": held, "wanted": wanted})


def _mapping(path: Path) -> Mapping[str, Any]:
    held = load(path) if path.exists() else {}
    return held if isinstance(held, dict) else {}
