"""Each language's lexicon against its own lists: what must be seen, and what must not."""

from collections.abc import Iterator

import pytest
import yaml

from bot.content.scaffold.todo import FEWEST_FIRES, FEWEST_HARMLESS
from bot.gateway.danger import Danger, DangerGate, load_gate
from bot.i18n import LOCALES_DIR
from bot.languages import served_files

LEXICONS = {
    path.parent.name: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for path in served_files(LOCALES_DIR, "danger.yml")
}


@pytest.fixture(scope="module")
def gate() -> DangerGate:
    """The patterns of all languages together; the learned half is measured by `make nlu-report`."""
    return load_gate(models=None)


def must_fire() -> Iterator[tuple[str, Danger, str]]:
    """Yield every message that must be seen."""
    for language, lexicon in LEXICONS.items():
        for danger in Danger:
            yield from ((language, danger, text) for text in lexicon[danger.value]["fires"])


def must_stay_quiet() -> Iterator[tuple[str, str]]:
    """Yield every message that must not be taken for danger."""
    for language, lexicon in LEXICONS.items():
        yield from ((language, text) for text in lexicon["quiet"])


@pytest.mark.parametrize(("language", "danger", "text"), must_fire())
def test_danger_is_seen(gate: DangerGate, language: str, danger: Danger, text: str) -> None:
    assert gate.check(text) is not None


@pytest.mark.parametrize(("language", "text"), must_stay_quiet())
def test_ordinary_questions_are_not_danger(gate: DangerGate, language: str, text: str) -> None:
    finding = gate.check(text)
    assert finding is None, finding


def test_every_language_has_enough_of_both() -> None:
    for lexicon in LEXICONS.values():
        assert all(len(lexicon[danger.value]["fires"]) >= FEWEST_FIRES for danger in Danger)
        assert len(lexicon["quiet"]) >= FEWEST_HARMLESS
