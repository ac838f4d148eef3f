"""Each language's lexicon against its own lists: what must be seen, and what must not."""

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


@pytest.mark.parametrize("danger", list(Danger))
@pytest.mark.parametrize("language", LEXICONS)
def test_danger_is_seen(gate: DangerGate, language: str, danger: Danger) -> None:
    assert [text for text in LEXICONS[language][danger.value]["fires"] if gate.check(text) is None] == []


@pytest.mark.parametrize("language", LEXICONS)
def test_ordinary_questions_are_not_danger(gate: DangerGate, language: str) -> None:
    found = {text: gate.check(text) for text in LEXICONS[language]["quiet"]}
    assert {text: finding for text, finding in found.items() if finding is not None} == {}


def test_every_language_has_enough_of_both() -> None:
    for lexicon in LEXICONS.values():
        assert all(len(lexicon[danger.value]["fires"]) >= FEWEST_FIRES for danger in Danger)
        assert len(lexicon["quiet"]) >= FEWEST_HARMLESS
