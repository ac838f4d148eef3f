"""New languages and new answers, in a copy of the project: nothing of them is shown before it is whole."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from bot.content import commands
from bot.content.catalogues import entries_of, path_of, read_catalogue, update
from bot.content.check import check_content
from bot.content.messages import load_messages
from bot.content.report.states import entries
from bot.content.scaffold import NewAnswer, Unfinished, finish_answer, new_answer, new_language, read_asked, todo, write
from bot.content.scaffold.todo import FEWEST_EXAMPLES
from bot.errors import OperatorError
from bot.gateway.danger import load_gate
from bot.gateway.words import load_words
from bot.i18n import load_locales
from bot.intents import Kind
from bot.intents import read_catalogue as read_intents
from bot.nlu.examples import all_examples, read_examples
from bot.paths import ROOT
from bot.review import today
from bot.training import check_project
from bot.yamlfile import load
from tests.content.conftest import TODAY

FILES = ("domain.yml", "config.yml", "bot/intents/catalogue.yml", "scripts/screenshots.yml")
STATISTICS = "referral/statistics/data/languages.yml"
SHARED = ("facts.yml", "glossary.yml", "languages.yml", "providers.yml", "short_codes.yml")
LANGUAGES = ("az", "en", "fa")
PASHTO = "ps"  # whose material will be that of Persian, letter for letter
PENSION = NewAnswer(
    intent="work_pension",
    topic="work",
    title="Pension and old age",
    asks='Does work here count for a pension; "staj".',
    examples={"az": ["pensiyaya  çıxa\nbilərəm?", "pensiya", "pensiya"]},
)
ANSWER = """<b>Keep every paper that shows where you worked, how long, and what you were paid.</b>
• Ask for each contract in writing, and take a picture of each page.
• Ask the employer for a paper that says when you began and when you stopped.
• If you leave the country, take copies with you. They are hard to get from abroad.
• Ask at home whether years of work in Azerbaijan count there.
"""
TEXT = "  text: |\n" + "".join(f"    {line}\n" for line in ANSWER.splitlines())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy, with three languages, of the files that editors and the scaffold write."""
    for name in (*FILES, STATISTICS, *(f"locales/{name}" for name in SHARED)):
        copied(name, tmp_path)
    for language in LANGUAGES:
        for name in (f"locales/{language}", f"data/nlu/{language}"):
            shutil.copytree(ROOT / name, tmp_path / name)
        for place in ("data/concepts", "data/danger", "evaluation"):
            copied(f"{place}/{language}.yml", tmp_path)
    for name in ("locales/source", "data/rules"):
        shutil.copytree(ROOT / name, tmp_path / name)
    languages = tmp_path / "locales/languages.yml"
    kept = [line for line in languages.read_text(encoding="utf-8").splitlines() if line[:2] in ("# ", *LANGUAGES)]
    languages.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return tmp_path


def copied(name: str, folder: Path) -> None:
    """Copy one file of the project."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / name, folder / name)


def checked(project: Path) -> list[tuple[str, str]]:
    """Return what the check says, but for the number that waits for somebody to call it."""
    found = check_content(project / "locales", today=TODAY).findings
    return [(finding.key, finding.entry) for finding in found if finding.key != "facts.weak"]


def put(path: Path, old: str, new: str) -> None:
    """Replace the one place where `old` stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def lend(project: Path, code: str, lender: str = "fa") -> None:
    """Fill every file of a language with the material of another one."""
    locales = project / "locales"
    for name in ("danger.yml", "words.yml"):
        shutil.copy(locales / lender / name, locales / code / name)
    for place in ("data/concepts", "data/danger", "evaluation"):
        shutil.copy(project / place / f"{lender}.yml", project / place / f"{code}.yml")
    shutil.copytree(project / "data/nlu" / lender, project / "data/nlu" / code, dirs_exist_ok=True)
    held = {}
    for domain in ("dialogue", "answers"):
        held |= entries_of(read_catalogue(path_of(locales, lender, domain), lender))
    update(locales, code, {key: str(message.string) for key, message in held.items()})
    for path in locales.glob("*/words.yml"):
        text = path.read_text(encoding="utf-8").replace(f"\n  {code}: []", "")
        path.write_text(
            text.replace("\nlanguages:\n", f'\nlanguages:\n  {code}: ["{code}-{code}"]\n'), encoding="utf-8"
        )
    glossary, last = [], ""
    for line in (locales / "glossary.yml").read_text(encoding="utf-8").splitlines():
        last = line.replace(f" {lender}:", f" {code}:") if line.startswith(f"    {lender}: ") else last
        glossary.append(last if line == f"    {code}: []" else line)
        if line.startswith(f"      {lender}: "):
            glossary.append(line.replace(f" {lender}:", f" {code}:"))
    (locales / "glossary.yml").write_text("\n".join(glossary) + "\n", encoding="utf-8")


def test_a_new_language_has_every_file_of_the_others_and_is_offered_to_nobody(project: Path) -> None:
    write(project, new_language(project, PASHTO, hints=["ps", "pbt"]))
    of_persian = {
        path.relative_to(project).as_posix() for path in project.rglob("*") if "fa" in (*path.parts, path.stem)
    }
    made = {path.relative_to(project).as_posix() for path in project.rglob("*") if PASHTO in (*path.parts, path.stem)}
    assert made == {name.replace("/fa", f"/{PASHTO}") for name in of_persian}
    entry = load(project / "locales/languages.yml")[PASHTO]
    assert entry == {"name": "پښتو", "rtl": True, "hints": ["ps", "pbt"], "offered": False}
    locales = load_locales(project / "locales")
    assert PASHTO not in locales.languages
    assert locales.from_hint("pbt") is None
    assert checked(project) == [("waiting.language", PASHTO)]
    assert load(project / STATISTICS)["languages"][-1] == PASHTO
    assert load(project / "scripts/screenshots.yml")[PASHTO] == ["", ""]


def test_what_is_to_be_written_is_told_by_name(project: Path) -> None:
    write(project, new_language(project, PASHTO))
    found = todo(project, today=TODAY)
    keys = Counter(finding.key for finding in found)
    entries_of_fa = len(entries(project / "locales", "fa")["fa"])
    assert keys["fallback.missing"] + keys["fallback.missing_high"] == entries_of_fa
    assert keys["todo.examples"] == keys["todo.measured"] == len(read_intents().by_name)
    assert keys["todo.concept"] == len(load(project / "data/concepts/en.yml"))
    assert {"words.no_language", "terms.no_words", "danger.no_list", "todo.measured_danger"} <= keys.keys()
    told = "\n".join(load_messages("en").grouped(found))
    assert "work_permit 0/40" in told
    assert "answer/work_permit" in told
    assert f": {len(found)}." in told.splitlines()[-1]


def test_what_is_in_preparation_neither_speaks_nor_breaks_anything(project: Path) -> None:
    write(project, new_language(project, PASHTO))
    locales = project / "locales"
    (locales / PASHTO / "danger.yml").write_text("danger_now: [\n", encoding="utf-8")
    (locales / PASHTO / "words.yml").write_text('skip: ["zzz"]\n', encoding="utf-8")
    (locales / PASHTO / "LC_MESSAGES" / "answers.po").write_text("not a PO file", encoding="utf-8")
    (project / "data/nlu" / PASHTO / "work.yml").write_text("nlu:\n- intent: work_permit\n  examples: |\n    - zzz\n")
    assert checked(project) == [("waiting.language", PASHTO)]
    assert load_words(locales).meaning("zzz") is None
    load_gate(locales, models=None)
    assert "zzz" not in {e.text for e in read_examples(project / "data/nlu", locales)}
    assert "zzz" in {e.text for e in all_examples(project / "data/nlu")}
    (project / "data/nlu" / PASHTO / "work.yml").write_text("not a list of examples")
    check_project(project)
    file = locales / PASHTO / "LC_MESSAGES" / "answers.po"
    named = check_content(locales, today=TODAY, files=[file])
    assert named.errors == ()  # the hook before a commit lets an unfinished language through
    assert [f.key for f in named.warnings] == ["file.not_po"]


def test_a_language_that_is_whole_is_offered_by_one_word(project: Path) -> None:
    write(project, new_language(project, PASHTO))
    lend(project, PASHTO)
    assert [(f.file, f.entry, f.key) for f in todo(project, PASHTO, today=TODAY)] == []
    put(project / "locales/languages.yml", ", offered: false}", ", offered: true}")
    locales = load_locales(project / "locales")
    assert list(locales.languages) == [*LANGUAGES, PASHTO]
    assert locales.answer("work_permit", PASHTO).split("\n")[0] == locales.answer("work_permit", "fa").split("\n")[0]
    assert [button.payload for row in locales.language_rows("language:") for button in row][-1] == f"language:{PASHTO}"
    assert checked(project) == []
    assert load_words(project / "locales").meaning("خروج") == "quick_exit"
    assert PASHTO in {e.language for e in read_examples(project / "data/nlu", project / "locales")}


@pytest.mark.parametrize(
    ("code", "told"), [("fa", "stands in"), ("xx", "no language that Babel knows"), ("Urdu", "two or three letters")]
)
def test_a_language_that_cannot_be_is_told_in_one_line(project: Path, code: str, told: str) -> None:
    with pytest.raises(OperatorError, match=told):
        new_language(project, code)


def test_a_new_answer_has_a_place_everywhere_and_is_shown_to_nobody(project: Path) -> None:
    changes = new_answer(project, PENSION)
    assert not (project / "domain.yml").read_text().count("work_pension")  # nothing is written before somebody does it
    write(project, changes)
    assert "work_pension" not in load_locales(project / "locales").answers
    assert checked(project) == [("waiting.answer", "answer/work_pension")]
    intents = read_intents(project / "bot/intents/catalogue.yml")
    assert intents.drafts == {"work_pension"}
    assert intents.by_name["work_pension"].asks == PENSION.asks
    assert intents.of_topic("work")[-1] == "work_pension"
    written = list(load(project / "locales/source/answers.yml"))
    assert written == [intent.name for intent in intents.intents if intent.kind is Kind.ANSWER]
    domain = load(project / "domain.yml")
    assert "work_pension" in domain["intents"]
    assert domain["responses"]["utter_work_pension"] == [{"text": "work_pension"}]
    assert load(project / "data/rules/work.yml")["rules"][-1]["steps"][0] == {"intent": "work_pension"}
    held = [e.text for e in all_examples(project / "data/nlu") if (e.language, e.intent) == ("az", "work_pension")]
    assert held == ["pensiyaya çıxa bilərəm?", "pensiya"]
    for language in LANGUAGES:
        assert load(project / "evaluation" / f"{language}.yml")["intents"]["work_pension"]["plain"] == []
    assert "label/answer:work_pension" in entries_of(
        read_catalogue(path_of(project / "locales", "fa", "answers"), "fa")
    )


def test_an_answer_is_finished_when_nothing_is_missing(project: Path) -> None:
    write(project, new_answer(project, PENSION))
    with pytest.raises(Unfinished) as caught:
        finish_answer(project, "work_pension")
    missing = Counter(finding.key for finding in caught.value.findings)
    assert missing == {"todo.key": 3, "todo.examples": len(LANGUAGES), "todo.measured": len(LANGUAGES)}
    answers = project / "locales/source/answers.yml"
    put(answers, '  text: ""\n', TEXT)
    put(answers, "checked: null\n  sources: []", f'checked: "{today():%Y-%m-%d}"\n  sources: [labour_142]')
    for language in LANGUAGES:
        examples = project / "data/nlu" / language / "work.yml"
        lines = [f"    - pension {language} {number}\n" for number in range(FEWEST_EXAMPLES[Kind.ANSWER])]
        examples.write_text(examples.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
        place = "  work_pension:\n    plain: []"
        put(project / "evaluation" / f"{language}.yml", place, place.replace("[]", '["a", "b", "c"]'))
        if language != "en":
            words = {"answer/work_pension": ANSWER, "label/answer:work_pension": "Pension"}
            update(project / "locales", language, words)
    write(project, finish_answer(project, "work_pension"))
    assert read_intents(project / "bot/intents/catalogue.yml").drafts == frozenset()
    shown = load_locales(project / "locales")
    assert shown.answer("work_pension", "az").startswith("<b>Keep every paper")
    assert not any("draft" in entry for entry in shown.answers.values())
    catalogue = (project / "bot/intents/catalogue.yml").read_text(encoding="utf-8").splitlines()
    assert len(catalogue) == len((ROOT / "bot/intents/catalogue.yml").read_text(encoding="utf-8").splitlines()) + 1


def test_an_intent_that_cannot_be_is_told_in_one_line(project: Path, tmp_path: Path) -> None:
    faults = {
        "There is an intent": NewAnswer("work_permit", "work", "Permit"),
        "cannot be the name": NewAnswer("Work-Pension", "work", "Pension"),
        "is not a topic": NewAnswer("work_pension", "jobs", "Pension"),
        "must have 1 to 32": NewAnswer("work_pension", "work", "A title that is far too long for a button"),
        "risk is": NewAnswer("work_pension", "work", "Pension", risk="none"),
        "does not have": NewAnswer("work_pension", "work", "Pension", examples={"xx": ["a"]}),
    }
    for told, answer in faults.items():
        with pytest.raises(OperatorError, match=told):
            new_answer(project, answer)
    asked = tmp_path / "asked.yml"
    asked.write_text("az: pensiya\n")
    with pytest.raises(OperatorError, match="list of messages"):
        read_asked(asked)


def test_translations_that_come_in_one_file_are_put_in_their_places(project: Path, tmp_path: Path) -> None:
    write(project, new_language(project, PASHTO))
    locales, file = project / "locales", tmp_path / "texts.yml"
    file.write_text('"label/btn_menu": "هو"\n"label/answer:work_permit": "د کار اجازه"\n', encoding="utf-8")
    commands.update(PASHTO, file, locales=locales)
    commands.update(PASHTO, locales=locales)
    held = {key: entry.string for d in ("dialogue", "answers") for key, entry in catalogue_of(locales, d).items()}
    assert {key: text for key, text in held.items() if text} == load(file)
    for text, told in (
        ('"label/no_such": "x"\n', "no English text has: label/no_such"),
        ('"label/btn_menu": 1\n', "text"),
    ):
        file.write_text(text)
        with pytest.raises(OperatorError, match=told):
            commands.update(PASHTO, file, locales=locales)


def catalogue_of(locales: Path, domain: str) -> dict[str, Message]:
    """Return the entries of a PO file of the new language."""
    return entries_of(read_catalogue(path_of(locales, PASHTO, domain), PASHTO))
