"""The learned half of the gate: what it adds, and that the gate works without it."""

from pathlib import Path

import pytest

from bot.gateway.danger import Danger, DangerGate, load_gate
from bot.gateway.danger.gate import LEXICON, MODEL, OVERLAP, read_lexicons
from bot.gateway.danger.model import DangerModel
from bot.gateway.danger.patterns import compile_pattern
from bot.i18n import LOCALES_DIR
from bot.training.danger import train_danger

NLU = """version: "3.1"
nlu:
- intent: danger_now
  examples: |
{danger}
- intent: work_permit
  examples: |
{quiet}
"""
DANGER = [
    f"they drag {who} to the {place}" for who in ("me", "her", "us") for place in ("car", "cellar", "van", "boat")
]
QUIET = [
    f"how long is the {what} {where}"
    for what in ("permit", "form", "queue")
    for where in ("here", "there", "now", "for us")
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    folder = tmp_path / "data" / "nlu" / "en"
    folder.mkdir(parents=True)
    lines = {"danger": DANGER, "quiet": QUIET}
    text = NLU.format(**{name: "\n".join(f"    - {line}" for line in given) for name, given in lines.items()})
    (folder / "all.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_it_sees_what_no_pattern_foresaw(root: Path) -> None:
    train_danger(root, root / "danger-1.npz")
    model = DangerModel.load(root / "danger-1.npz")
    gate = DangerGate({"en": {Danger.SELF_HARM: ["want to die"]}}, model)
    seen = gate.check("they drag my friend to the car")
    assert seen is not None
    assert (seen.danger, seen.by) == (Danger.DANGER_NOW, MODEL)
    assert gate.check("how long is the form") is None
    by_pattern = gate.check("i want to die")
    assert by_pattern is not None
    assert by_pattern.by == LEXICON


def test_patterns_see_what_is_mistyped(root: Path) -> None:
    train_danger(root, root / "danger-1.npz")
    lexicons = {"en": {Danger.SELF_HARM: ["queue ... here"]}}
    message = "how long zxcvbn asdfgh wertyu poiuyt lkjhgf is the quuee here"
    assert DangerGate(lexicons).check(message) is None, "without a model nothing says what words there are"
    seen = DangerGate(lexicons, DangerModel.load(root / "danger-1.npz")).check(message)
    assert seen is not None
    assert (seen.danger, seen.by, seen.language) == (Danger.SELF_HARM, LEXICON, "en")


def test_a_word_of_any_example_is_no_mistake(root: Path) -> None:
    ordinary = [f"how is the {word}" for word in ("celler", "garden", "window", "carpet", "mirror", "candle", "basket")]
    more = NLU.format(danger="", quiet="\n".join(f"    - {line}" for line in ordinary)).replace(
        "- intent: danger_now\n  examples: |\n\n", ""
    )
    (root / "data" / "nlu" / "en" / "more.yml").write_text(more, encoding="utf-8")
    train_danger(root, root / "danger-1.npz")
    model = DangerModel.load(root / "danger-1.npz")
    words = [word for line in ordinary for word in line.split()]
    assert set(words) - model.features.terms["words"].columns.keys(), "only a third of the ordinary ones is learned"
    assert model.spelling.corrected(words) == words
    assert model.spelling.corrected(["cellra"]) == ["cellar"]


def test_a_long_message_is_seen_wherever_the_danger_stands_in_it() -> None:
    gate = DangerGate({"en": {Danger.DANGER_NOW: ["locked ... in ... cellar"]}})
    for place in range(0, 900, 7):
        words = ["word"] * 900
        words[place : place + 4] = ["locked", "me", "in", "cellar"]
        assert gate.check(" ".join(words)) is not None, place


def test_no_pattern_is_longer_than_what_two_parts_share() -> None:
    lexicons = read_lexicons(LOCALES_DIR).values()
    patterns = [pattern for lexicon in lexicons for listed in lexicon.values() for pattern in listed]
    assert max(len(compile_pattern(pattern)) for pattern in patterns) <= OVERLAP


LEXICON_OF_ROOT = """danger_now: {patterns: ["drag*"], fires: [%s]}
self_harm: {patterns: [], fires: []}
medical_emergency: {patterns: [], fires: []}
quiet: [%s]
"""


def test_a_pattern_is_not_believed_when_the_model_knows_better(root: Path) -> None:
    harmless = [
        f"how do i drag the {what} into the {place}"
        for what in ("file", "photo", "form", "page")
        for place in ("folder", "window", "box", "frame")
    ]
    (root / "locales" / "en").mkdir(parents=True)
    lists = tuple(", ".join(map(repr, texts)) for texts in (DANGER, harmless))
    (root / "locales" / "en" / "danger.yml").write_text(LEXICON_OF_ROOT % lists, encoding="utf-8")
    train_danger(root, root / "danger-1.npz")
    gate = load_gate(root / "locales", models=root)
    patterns = load_gate(root / "locales", models=None)
    assert patterns.check("how do i drag the photo into the folder") is not None
    assert gate.check("how do i drag the photo into the folder") is None
    for text in DANGER:
        assert gate.check(text) is not None, "what stands under fires is always seen"
    unknown = gate.check("ular meni dragging qilyapti yordam")
    assert unknown is not None
    assert unknown.by == LEXICON, "of a language that the model has not learned it says nothing"


def test_nothing_is_learned_from_nothing(tmp_path: Path) -> None:
    train_danger(tmp_path, tmp_path / "danger-1.npz")
    assert list(tmp_path.glob("*.npz")) == []


def test_a_damaged_model_does_not_stop_the_gate(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "danger-1.npz").write_bytes(b"PK\x03\x04 and then nothing")
    gate = load_gate(models=tmp_path)
    found = gate.check("my husband is beating me help")
    assert found is not None
    assert "patterns alone" in caplog.text
