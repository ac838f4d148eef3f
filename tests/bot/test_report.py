"""The report counts what it says it counts, and its messages are what they must be."""

from collections import Counter
from pathlib import Path

import pytest

from bot.content.scaffold.todo import FEWEST_IN_DANGER, FEWEST_MEASURED, FEWEST_QUIET
from bot.i18n import language_codes
from bot.intents import load_catalogue
from bot.nlu.decide import Outcome
from bot.nlu.examples import read_examples
from bot.paths import ROOT
from bot.report.evaluation import Item, read_danger, read_items
from bot.report.figures import baseline_table, massive_table, read_figures, write_figures
from bot.report.floors import below, read_floors
from bot.report.measure import Result
from bot.report.plot import calibration_svg
from bot.report.robustness import in_latin_letters, shouted, with_typos, without_diacritics
from bot.report.tables import by_language, calibration, calibration_error
from bot.text import folded_words

LANGUAGES = language_codes()
MOST_SHARED = 0.05


def result(
    intent: str, ranking: tuple[str, ...], outcome: Outcome, choices: tuple[str, ...] = (), beside: tuple[str, ...] = ()
) -> Result:
    """Return what the bot made of a message."""
    return Result(Item("en", intent, "plain", "x"), ranking, 0.75, outcome, choices, beside, "en", 1.0)


def test_within_one_tap_is_the_answer_itself_or_one_of_the_buttons() -> None:
    assert result("a", ("a", "b"), Outcome.ANSWER).one_tap
    assert not result("b", ("a", "b"), Outcome.ANSWER).one_tap
    assert result("b", ("a", "b"), Outcome.ANSWER, beside=("b",)).one_tap
    assert result("b", ("a", "b"), Outcome.CHOOSE, ("a", "b")).one_tap
    assert not result("a", ("a", "b"), Outcome.FALLBACK).one_tap


def test_figures_are_shares_of_a_language() -> None:
    results = [result("a", ("a",), Outcome.ANSWER), result("b", ("a", "b"), Outcome.ANSWER)]
    assert by_language(results)["en"] == {"top1": 50, "top3": 100, "one_tap": 50, "answered": 100, "language": 100}
    assert calibration(results) == [(0.75, 0.5, 2)]
    assert calibration_error(results) == 25.0
    assert "<circle" in calibration_svg(calibration(results))


def test_what_is_below_its_floor_is_named() -> None:
    figures = {"en": {"top1": 79.0, "alarms": 9.0}, "az": {"top1": 90.0, "alarms": 1.0}}
    floors = {"default": {"top1": 80, "alarms_at_most": 8}, "en": {"alarms_at_most": 10}}
    assert below(figures, floors) == ["en: top1 is 79.0, the limit is 80.0"]


def test_the_floors_of_one_language_are_not_those_of_all_together() -> None:
    floors = {"default": {"top1": 80}, "all": {"ece_at_most": 5}}
    assert below({"all": {"ece": 7.0}}, floors) == ["all: ece is 7.0, the limit is 5.0"]


def test_messages_are_written_worse_in_the_same_way_each_time() -> None:
    assert without_diacritics("Şikayət etmək istəyirəm, çıxış") == "Sikayet etmek isteyirem, cixis"
    assert in_latin_letters("паспорт") == "pasport"
    assert shouted("not paid, why?") == "NOT PAID WHY"
    text = "where can someone complain about the employer"
    worse = with_typos(text)
    assert worse == with_typos(text)
    kept = [one == other for one, other in zip(text.split(), worse.split(), strict=True)]
    assert kept == [False, True, False, True, False, True, False]


def test_kept_figures_come_back_and_are_shown_with_their_ratios(tmp_path: Path) -> None:
    ours, stock = {"top1": 86.2, "ms": 2.0, "train_s": 2.0}, {"top1": 71.7, "ms": 8.0, "train_s": 800.0}
    figures = {"az": {"day": "2026-11-25", "examples": 4000, "ours": ours, "stock": stock}}
    write_figures(tmp_path / "baseline.json", figures)
    assert read_figures(tmp_path / "baseline.json") == figures
    assert read_figures(tmp_path / "none.json") == {}
    row = baseline_table(figures)[-1]
    assert "| 400 |" in row
    assert row.endswith("| 4.0 |")
    assert (
        massive_table({"az-AZ": {"alone": 84.6, "train_s": 3.7, "pooled": 85.0}})[-1] == "| az-AZ | 84.6 | 4 s | 85.0 |"
    )


def test_every_language_has_a_floor() -> None:
    assert {"top1", "one_tap", "danger_recall", "false_alarms_at_most"} <= set(read_floors()["default"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_measured_three_times_or_more(language: str) -> None:
    counts = Counter(item.intent for item in read_items((language,)))
    assert set(counts) == set(load_catalogue().by_name)
    assert min(counts.values()) >= FEWEST_MEASURED
    (lists,) = read_danger((language,))
    assert sum(map(len, lists.danger.values())) >= FEWEST_IN_DANGER
    assert len(lists.quiet) >= FEWEST_QUIET


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_measures_is_not_what_was_learned(language: str) -> None:
    """Short messages such as "152" may coincide; beyond them hardly anything may."""
    learned = {" ".join(folded_words(e.text)) for e in read_examples(ROOT / "data" / "nlu") if e.language == language}
    items = [" ".join(folded_words(item.text)) for item in read_items((language,))]
    shared = [text for text in items if text in learned and len(text.split()) > 3]
    assert len(shared) <= MOST_SHARED * len(items), shared
