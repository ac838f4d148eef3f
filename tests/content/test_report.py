"""The report on content: true figures, the same bytes for the same content, and pages in the tree of the right form."""

import datetime as dt
import itertools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.content import commands
from bot.content.report.badge import badge, english_name, share
from bot.content.report.figures import Age, Dates, Figures, OfLanguage, gather
from bot.content.report.states import Reading, entries
from bot.content.report.writing import BADGES, PAGE, changed, files, write
from bot.i18n import language_codes
from bot.paths import ROOT
from tests.content.conftest import TODAY
from tests.content.edits import Edit, emptied, marked, po, replaced, within

SVG = "{http://www.w3.org/2000/svg}"
OLD = within("source/answers.yml", "trafficking_shelter", 'checked: "2026-11-24"', 'checked: "2026-05-20"')
SOON = within("facts.yml", "  hotline_trafficking", "2027-01-31", "2026-12-15")
DIALLED = within("facts.yml", "  hotline_labour", "test_dialled: null", 'test_dialled: "2026-11-30"')


def of_language(figures: Figures, language: str) -> OfLanguage:
    """Return the figures of a language."""
    return next(one for one in figures.languages if one.language == language)


def ages(figures: Figures, topic: str) -> tuple[Age, Age]:
    """Return the ages of the answers and of the facts of a topic."""
    return next((one.answers, one.facts) for one in figures.topics if one.topic == topic)


def reviewed(language: str, context: str, kind: str) -> Edit:
    """Return the edit that notes a review."""
    wanted = f'msgctxt "{context}"'
    return replaced(po(language, "answers"), wanted, f"# reviewed ({kind}): A. B., 2026-12-01\n{wanted}")


@pytest.fixture
def tree(locales: Path) -> Path:
    """Return a project's folder with what the report reads, and few examples."""
    for code in language_codes():
        folder = locales.parent / "data" / "nlu" / code
        folder.mkdir(parents=True)
        (folder / "small.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - hello\n")
    return locales.parent


def test_what_nobody_has_read_is_a_draft(locales: Path) -> None:
    context = "answer/trafficking_what_is"
    reviewed("uk", context, "native")(locales)
    reviewed("ka", context, "lawyer")(locales)
    emptied("ar", "answers", context)(locales)
    marked("tr", "answers", context)(locales)
    held = entries(locales, *language_codes())
    found = {code: next(e for e in texts if e.context == context) for code, texts in held.items()}
    readings = {code: entry.reading for code, entry in found.items()}
    assert readings.pop("uk") is Reading.NATIVE
    assert readings.pop("ar") is Reading.MISSING
    assert readings.pop("tr") is Reading.STALE
    assert set(readings.values()) == {Reading.DRAFT}  # the source, and what only a lawyer has read, are drafts too
    assert found["ka"].by_lawyer
    assert not found["az"].by_lawyer


def test_what_is_not_shown_counts_neither_as_translated_nor_as_shown(locales: Path) -> None:
    emptied("ar", "answers", "answer/trafficking_what_is")(locales)
    of = of_language(gather(locales, TODAY), "ar")
    assert (of.texts - of.translated, of.shown.count) == (1, len(entries_of_answers(locales)) - 1)
    assert sum(of.by_reading.values()) == of.texts


def entries_of_answers(locales: Path) -> list[str]:
    """Return the answers of the source."""
    return [e.context for e in entries(locales, "en")["en"] if e.context.startswith("answer/")]


def test_a_review_counts_in_its_language_and_topic_alone(locales: Path) -> None:
    reviewed("uk", "answer/work_contract", "native")(locales)
    figures = gather(locales, TODAY)
    assert of_language(figures, "uk").read_answers["work"] == of_language(figures, "uk").read == 1
    assert sum(sum(one.read_answers.values()) for one in figures.languages) == 1


def test_an_answer_is_overdue_after_its_last_day(locales: Path) -> None:
    OLD(locales)  # of high risk: good for six months
    figures = gather(locales, dt.date(2026, 11, 21))
    answers, _facts = ages(figures, "trafficking")
    assert (answers.oldest, answers.next) == (dt.date(2026, 5, 20), dt.date(2026, 11, 20))
    assert (answers.soon, answers.overdue) == (0, 1)
    assert of_language(figures, "ka").shown.overdue == 1
    assert ages(figures, "life")[0].overdue == 0


@pytest.mark.parametrize(
    ("today", "soon", "overdue"),
    [("2026-10-20", 0, 0), ("2026-10-21", 1, 0), ("2026-11-20", 1, 0), ("2026-11-21", 0, 1)],
)
def test_a_thing_is_due_for_thirty_days_and_then_overdue(today: str, soon: int, overdue: int) -> None:
    dates, day = Dates(dt.date(2026, 5, 20), dt.date(2026, 11, 20)), dt.date.fromisoformat(today)
    assert (dates.is_soon(day), dates.is_overdue(day)) == (soon, overdue)


def test_a_fact_is_due_in_the_topics_that_show_it(locales: Path) -> None:
    SOON(locales)
    figures = gather(locales, TODAY)
    assert ages(figures, "trafficking")[1].soon == figures.facts.age.soon == 1
    assert ages(figures, "trafficking")[1].next == dt.date(2026, 12, 15)
    assert ages(figures, "violence")[1].oldest == dt.date(2026, 4, 30)


def test_empty_facts_are_counted_apart_and_calls_are_counted(locales: Path) -> None:
    before = gather(locales, TODAY).facts
    DIALLED(locales)
    within("facts.yml", "  fire", 'value: "101"', "value: null")(locales)
    after = gather(locales, TODAY).facts
    assert (after.empty, after.age.count) == (before.empty + 1, before.age.count - 1)
    assert (before.dialled, after.dialled, after.phones) == (0, 1, before.phones - 1)


def test_the_same_content_gives_the_same_bytes_and_another_day_changes_nothing(tree: Path) -> None:
    assert set(write(tree, TODAY)) == {PAGE, *(BADGES / f"content-{code}.svg" for code in language_codes())}
    held = (tree / PAGE).read_bytes()
    assert write(tree, TODAY + dt.timedelta(days=1)) == []
    assert (tree / PAGE).read_bytes() == held
    DIALLED(tree / "locales")
    assert set(changed(tree, dt.date(2027, 2, 1))) == {PAGE}  # by then the facts are overdue
    assert write(tree, dt.date(2027, 2, 1)) == [PAGE]
    assert "Counted on 2027-02-01." in (tree / PAGE).read_text()


def headings(page: str) -> list[str]:
    """Return what editors' work does not change of a page: its headings and the heads of its tables."""
    lines = page.splitlines()
    heads = [line for line, below in itertools.pairwise(lines) if below.startswith("|---")]
    return [line for line in lines if line.startswith("#")] + heads


def test_the_page_in_the_tree_is_of_the_form_that_the_command_writes() -> None:
    """Its figures may be older: an editor changes texts daily, and `content check` says that the page is old."""
    held, made = (ROOT / PAGE).read_text(), files(ROOT, TODAY)
    assert headings(held) == headings(made[PAGE]), "run `make content-report`"
    readme = (ROOT / "README.md").read_text()
    for path in made.keys() - {PAGE}:
        assert (ROOT / path).exists(), "run `make content-report`"
        assert f"]({path})" in readme, f"{path} is not shown in README.md"
        assert f"](badges/{path.name})" in held


@pytest.mark.parametrize("path", sorted((ROOT / BADGES).glob("*.svg")), ids=lambda path: path.stem)
def test_a_badge_says_everything_in_words(path: Path) -> None:
    picture = ET.parse(path).getroot()  # noqa: S314 - our own file
    labelled = picture.attrib["aria-labelledby"].split()
    told = [picture.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert [one.attrib["id"] for one in told if one is not None] == labelled
    name = english_name(path.stem.removeprefix("content-"))
    shown = ": ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
    assert told[0] is not None
    assert told[0].text == shown
    assert shown.startswith(f"{name}: ")


def test_a_badge_changes_colour_with_its_words(locales: Path) -> None:
    def shown() -> tuple[str, str]:
        of = of_language(gather(locales, TODAY), "fa")
        picture = badge(of)
        words = re.findall(r"<text[^>]*>([^<]+)", picture)[1]
        return words, re.findall(r'fill="(#\w+)"', picture)[1]

    drafts = shown()
    assert drafts[0] == "100 % translated by machine, 0 % read by a native"
    marked("fa", "answers", "answer/trafficking_what_is")(locales)
    stale = shown()
    assert stale[0] == "99 % translated by machine, 0 % read by a native"
    assert drafts[1] != stale[1]


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 511, "0 %"), (1, 511, "1 %"), (510, 511, "99 %"), (511, 511, "100 %")]
)
def test_a_share_says_all_or_nothing_only_when_it_is_so(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_the_check_says_that_the_page_is_old(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "ROOT", tree)
    assert commands.check(lang="en", locales=tree / "locales") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("docs/content.md and its badges are of older texts.")
