"""A new answer: a place for it in every file, marked as a draft, which nobody is shown and nothing learns from."""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content.catalogues import updated
from bot.content.limits import BUTTON
from bot.content.scaffold.files import SECOND, TOP, Changes, put_after, put_last, read
from bot.content.scaffold.language import evaluation_place
from bot.errors import OperatorError
from bot.i18n import SOURCE_LANGUAGE
from bot.intents import TECHNICAL, Catalogue, Kind, parse_payload, read_catalogue
from bot.languages import read_languages
from bot.review import REVIEW_MONTHS
from bot.text import utf16_length
from bot.yamlfile import load

LOCALES, CATALOGUE, DOMAIN = Path("locales"), Path("bot/intents/catalogue.yml"), Path("domain.yml")
ANSWERS = LOCALES / "source" / "answers.yml"


@dataclass(frozen=True)
class NewAnswer:
    """What is known of an answer that is to be written; `examples` are what people asked, by language.

    `title` is the button that leads to it, in English, at most 32 characters; `asks` says what a message means that it
    answers. `text` is the English answer, if somebody has written it already.
    """

    intent: str
    topic: str
    title: str
    asks: str = ""
    text: str = ""
    risk: str = "high"
    sources: Sequence[str] = ()
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_asked(path: Path) -> dict[str, list[str]]:
    """Return what people asked from a YAML file, language → messages; raise `OperatorError` when it is another form."""
    try:
        held = load(path)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise OperatorError(f"{path} cannot be read: {error}") from error
    if not isinstance(held, dict) or not all(isinstance(texts, list) for texts in held.values()):
        raise OperatorError(f"{path} must have a list of messages below the code of each language.")
    return {str(code): [str(text) for text in texts] for code, texts in held.items()}


def new_answer(root: Path, answer: NewAnswer) -> Changes:
    """Return the new contents of every file in which the answer gets a place; nothing is written.

    Raise `OperatorError` naming what is wrong: a name that is taken, a topic that is none, a title that is too long.
    """
    catalogue = read_catalogue(root / CATALOGUE)
    _check(answer, catalogue, root)
    before = next(i.name for i in reversed(catalogue.intents) if i.topic == answer.topic and i.kind is Kind.ANSWER)
    changes = {
        CATALOGUE: put_after(read(root, CATALOGUE), rf"- {{name: {before},", TOP, _line(answer), file=CATALOGUE),
        DOMAIN: _domain(read(root, DOMAIN), answer.intent, before),
        ANSWERS: put_after(read(root, ANSWERS), rf"{before}:", TOP, _entry(answer), file=ANSWERS),
        **_rule(root, answer),
    }
    for language in read_languages(root / LOCALES):
        changes |= _of_language(root, language, answer, before)
    return changes | _catalogues(root, changes[ANSWERS])


def _check(answer: NewAnswer, catalogue: Catalogue, root: Path) -> None:
    taken = {*catalogue.by_name, *TECHNICAL}
    topics = catalogue.menu_topics
    unknown = sorted(answer.examples.keys() - read_languages(root / LOCALES).keys())
    payload = parse_payload(answer.intent)
    if payload is None or payload.value is not None:
        raise OperatorError(
            f"{answer.intent!r} cannot be the name of an intent: small letters a to z and _, at most 50."
        )
    if answer.intent in taken:
        raise OperatorError(
            f"There is an intent {answer.intent} already. `korpu content todo` lists unfinished answers."
        )
    if answer.topic not in topics:
        raise OperatorError(f"{answer.topic!r} is not a topic of the menu. The topics: {', '.join(topics)}.")
    if not answer.title.strip() or utf16_length(answer.title) > BUTTON:
        raise OperatorError(f"The title {answer.title!r} must have 1 to {BUTTON} characters: it is a button.")
    if answer.risk not in REVIEW_MONTHS:
        raise OperatorError(f"The risk is {answer.risk!r}; it must be one of {', '.join(REVIEW_MONTHS)}.")
    if unknown:
        raise OperatorError(f"There are examples in {', '.join(unknown)}, which {LOCALES}/languages.yml does not have.")


def _line(answer: NewAnswer) -> str:
    asks = _quoted(answer.asks.strip() or answer.title)
    return f"- {{name: {answer.intent}, kind: answer, topic: {answer.topic}, draft: true, asks: {asks}}}"


def _domain(text: str, intent: str, before: str) -> str:
    text = put_after(text, rf"  - {before}\n", SECOND, f"  - {intent}", file=DOMAIN)
    response = f"  utter_{intent}:\n    - text: {intent}"
    return put_after(text, rf"  utter_{before}:", SECOND, response, file=DOMAIN)


def _entry(answer: NewAnswer) -> str:
    text = "".join(f"    {line}\n" for line in answer.text.strip().splitlines())
    lines = [
        f"{answer.intent}:",
        "  draft: true  # nobody is shown it; `korpu content finish` takes the mark away when nothing is missing",
        f"  label: {_quoted(answer.title.strip())}",
        f"  risk: {answer.risk}",
        "  owner: ngo",
        "  checked: null",
        f"  sources: [{', '.join(answer.sources)}]",
        "  related: []",
        *(["  text: |", text.rstrip("\n")] if text else ['  text: ""']),
    ]
    return "\n".join(lines) + "\n"


def _rule(root: Path, answer: NewAnswer) -> Changes:
    file = Path("data/rules", f"{answer.topic}.yml")
    rule = f"""
  - rule: {answer.intent.replace("_", " ")}
    steps:
      - intent: {answer.intent}
      - action: utter_{answer.intent}
"""
    return {file: put_last(read(root, file), rule)}


def _of_language(root: Path, language: str, answer: NewAnswer, before: str) -> Changes:
    """Return the language's examples and what measures them, each with its new place."""
    examples, evaluation = Path("data/nlu", language, f"{answer.topic}.yml"), Path("evaluation", f"{language}.yml")
    asked = [_one_line(text) for text in answer.examples.get(language, ()) if text.strip()]
    lines = [f"- intent: {answer.intent}", "  examples: |", *(f"    - {text}" for text in dict.fromkeys(asked))]
    return {
        examples: put_last(read(root, examples), "\n".join(lines)),
        evaluation: put_after(
            read(root, evaluation), rf"  {before}:", SECOND, evaluation_place(answer.intent), file=evaluation
        ),
    }


def _catalogues(root: Path, answers: str) -> Changes:
    """Return the PO files as they are with the new source; they are made from a copy of the sources."""
    changes: Changes = {}
    with tempfile.TemporaryDirectory(prefix="korpu-answer-") as folder:
        copy = Path(folder)
        shutil.copytree(root / LOCALES / "source", copy / "source")
        shutil.copy(root / LOCALES / "facts.yml", copy)
        (copy / "source" / ANSWERS.name).write_text(answers, encoding="utf-8")
        for language in read_languages(root / LOCALES):
            if language != SOURCE_LANGUAGE:
                for file, text in updated(root / LOCALES, language, sources=copy).items():
                    if text != read(root, LOCALES / file):
                        changes[LOCALES / file] = text
    return changes


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
