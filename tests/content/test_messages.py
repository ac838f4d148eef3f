"""What the check says: in the languages of editors, with the same values, for each problem that there is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content import reading, rules, shapes, waiting
from bot.content.check import Report
from bot.content.finding import Finding, Level
from bot.content.live import missed, verdict
from bot.content.messages import LANGUAGES, editors_language, load_messages
from bot.i18n import LOCALES_DIR
from bot.yamlfile import load

WORDS = load(LOCALES_DIR / "source" / "checks.yml")
# Problems whose names are made, not written in a finding: the state of a translation with its risk, why nothing fits.
MADE = {
    *("todo.examples", "todo.measured", "todo.measured_danger", "todo.tested"),
    "placeholders.unknown",
    "placeholders.elsewhere",
    "fallback.missing",
    "fallback.missing_high",
    "fallback.stale",
    "fallback.stale_high",
}
FILES = [
    *sorted(Path(rules.__file__).parent.glob("[a-z]*.py")),
    *(Path(module.__file__) for module in (reading, shapes, verdict, missed, waiting)),
    Path(rules.__file__).parent.parent / "scaffold" / "todo.py",
]
FINDING = Finding(
    "locales/ka/LC_MESSAGES/answers.po", "answer/work_permit", "numbers", "other", {"held": 1, "wanted": 2}
)


def problems() -> Iterator[str]:
    """Yield the name of each message that the code asks for."""
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rule = _rule(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"Finding": 3, "Kind": 0}.get(node.func.id)
                argument = node.args[place] if place is not None and len(node.args) > place else None
                if isinstance(argument, ast.Constant):
                    yield f"{rule}.{argument.value!s}"


def _rule(tree: ast.Module) -> str:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RULE":
            return str(ast.literal_eval(node.value))
    raise AssertionError("a rule has no name")


def test_each_problem_has_its_words_and_no_words_are_left_over() -> None:
    written = {f"{rule}.{problem}" for rule, of_rule in WORDS.items() for problem in of_rule if rule != "report"}
    assert written == set(problems()) - {"form.not_any"} | MADE


@pytest.mark.parametrize("rule", WORDS)
def test_the_languages_say_the_same_with_the_same_values(rule: str) -> None:
    for problem, of_languages in WORDS[rule].items():
        assert set(of_languages) == set(LANGUAGES), problem
        for part in (0, 1):
            names = {code: sorted(re.findall(r"\{\w+\}", of_languages[code][part])) for code in LANGUAGES}
            assert len({tuple(held) for held in names.values()}) == 1, (problem, names)
            assert all(of_languages[code][part].strip() for code in LANGUAGES), problem


def test_a_message_names_file_entry_mistake_and_remedy() -> None:
    assert load_messages("en").line(FINDING) == (
        "locales/ka/LC_MESSAGES/answers.po: answer/work_permit: The numbers are 1, in English 2. "
        "Make them the same; a number that can change belongs into locales/facts.yml. [numbers]"
    )


@pytest.mark.parametrize(("language", "word"), [("az", "Rəqəmlər"), ("ru", "Числа"), ("en", "The numbers")])
def test_the_last_line_has_the_figures(language: str, word: str) -> None:
    warning = Finding("a", "b", "reviews", "soon", {"review_by": "X"}, Level.WARNING)
    lines = list(load_messages(language).lines(Report((FINDING, warning), texts=7, languages=2)))
    assert word in lines[0]
    assert lines[1].startswith(WORDS["report"]["warning"][language][0])
    assert re.findall(r"\d+", lines[-1]) == ["7", "2", "1", "1"]


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "az_AZ.UTF-8"}, "az"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "KORPU_LANG": "en"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_the_editors_language_is_that_of_the_computer(environ: dict[str, str], language: str) -> None:
    assert editors_language(environ) == language
