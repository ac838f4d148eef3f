"""What `korpu content gaps` does, on the console's host: its key opens what people asked in vain."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.cli.database import transaction
from bot.errors import OperatorError
from bot.gaps.board import Need, needs, stub
from bot.settings import Settings
from referral.feedback.private_key import read_private_content_key


def open_needs(settings: Settings, language: str | None = None) -> list[Need]:
    """Return the groups, or those of one language; raise `OperatorError` for what the operator can mend."""
    try:
        key = read_private_content_key(settings.data_dir)
    except FileNotFoundError as error:
        raise OperatorError(f"{error.filename} is missing: only the console's host can open the questions.") from error
    with transaction(settings) as session:
        found = needs(session, private_key=key)
    return [need for need in found if language in (None, need.language)]


def lines_of(found: list[Need]) -> Iterator[str]:
    """Yield what is printed of the groups: how many people, what they asked, how an answer is begun."""
    if not found:
        yield "No question without an answer was asked by three people or more."
    for number, need in enumerate(found, start=1):
        begun = stub(need)
        yield f"{number}. {need.language}: at least {need.people} people, {need.messages} messages, {need.last_day}"
        if need.nearest:
            yield f"   nearest answers: {', '.join(need.nearest)}"
        if need.unhelpful:
            yield f"   did not help: {', '.join(need.unhelpful)}"
        yield from (f"   - {text}" for text in need.examples)
        yield f'   korpu content new-answer {begun.intent} --topic {begun.topic} --title "{begun.title}"'


def write_examples(found: list[Need], number: int, path: Path) -> None:
    """Write the examples of a group as `korpu content new-answer --examples` reads them."""
    if not 1 <= number <= len(found):
        raise OperatorError(f"There is no group {number}; there are {len(found)}.")
    examples = {language: list(texts) for language, texts in stub(found[number - 1]).examples.items()}
    path.write_text(yaml.safe_dump(examples, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
