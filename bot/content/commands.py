"""What `korpu content …` and `python -m bot.content …` do; each prints, and returns the exit code."""

from collections.abc import Sequence
from pathlib import Path

from bot.content import scaffold
from bot.content.catalogues import DOMAINS
from bot.content.catalogues import update as update_language
from bot.content.check import check_content
from bot.content.live.state import read_state
from bot.content.live.status import status as live_status
from bot.content.messages import LANGUAGES, editors_language, load_messages
from bot.content.report.writing import changed, write
from bot.content.sources import source_texts
from bot.errors import OperatorError
from bot.i18n import SOURCE_LANGUAGE
from bot.languages import read_languages
from bot.paths import ROOT
from bot.review import today
from bot.settings import Settings
from bot.yamlfile import read_yaml


def check(files: Sequence[Path] = (), *, lang: str | None = None, locales: Path | None = None) -> int:
    """Say what is wrong with the content, or with those files of it; 1 when there is a mistake."""
    language = _language(lang)
    locales = locales or Settings.from_env().locales_dir
    for file in files:
        if not file.resolve().is_relative_to(locales.resolve()):
            raise OperatorError(f"{file} is not a file of {locales}.")
    report = check_content(locales, files=files)
    messages = load_messages(language)
    for line in messages.lines(report):
        print(line)
    if not files and report.texts and _is_of_the_tree(locales) and changed(ROOT, today()):
        print(messages.of_report("old"))
    return 1 if report.errors else 0


def status(*, lang: str | None = None) -> int:
    """Say what people read since when, and what is wrong with what they do not read; 1 when there is such."""
    language, released = _language(lang), Settings.from_env().released
    for line in live_status(released, language):
        print(line)
    return 0 if read_state(released.data_dir).refused is None else 1


def todo(language: str | None = None, *, root: Path = ROOT) -> int:
    """Say what languages and answers in preparation still lack, or what that language lacks; 1 when it is something."""
    if language is not None and language not in (known := read_languages(root / "locales")):
        raise OperatorError(f"--lang is {language!r}; locales/languages.yml has {', '.join(known)}.")
    found = scaffold.todo(root, language)
    for line in load_messages(editors_language()).grouped(found):
        print(line)
    return 1 if found else 0


def new_language(code: str, *, name: str | None = None, hints: Sequence[str] = (), root: Path = ROOT) -> int:
    """Make every file of a language that is not offered yet."""
    _write(root, scaffold.new_language(root, code, name=name, hints=hints))
    print(f"{code} is not offered to anybody yet. What is to be written: `korpu content todo --lang {code}`.")
    print("How: docs/guides/add-a-language.md")
    return 0


def new_answer(answer: scaffold.NewAnswer, *, root: Path = ROOT) -> int:
    """Make a place for an answer in every file; nobody is shown it yet."""
    _write(root, scaffold.new_answer(root, answer))
    print(f"{answer.intent} is not shown to anybody yet. What is to be written: `korpu content todo`.")
    print("How: docs/guides/add-an-answer.md")
    return 0


def finish(intent: str, *, root: Path = ROOT) -> int:
    """Take the mark of an unfinished answer away; 1 when something is missing, which is told."""
    try:
        _write(root, scaffold.finish_answer(root, intent))
    except scaffold.Unfinished as unfinished:
        for line in load_messages(editors_language()).grouped(unfinished.findings):
            print(line)
        return 1
    print(f"{intent} is finished. `korpu train` teaches it; then people are shown it.")
    return 0


def _write(root: Path, changes: scaffold.Changes) -> None:
    scaffold.write(root, changes)
    for file in sorted(changes):
        print(file)


def update(language: str | None = None, translations: Path | None = None, *, locales: Path | None = None) -> int:
    """Bring changes of the English sources into every language's PO files, or into those of one language.

    `translations` is a YAML file, name of the text → translation, which fills or replaces entries of that language.
    """
    locales = locales or Settings.from_env().locales_dir
    translated = [code for code in read_languages(locales) if code != SOURCE_LANGUAGE]
    if language is not None and language not in translated:
        raise OperatorError(f"--lang is {language!r}; PO files have {', '.join(translated)}.")
    if translations is not None and language is None:
        raise OperatorError("--translations goes with --lang: say which language the file is in.")
    texts = _translations(translations, locales) if translations is not None else {}
    for code in translated if language is None else [language]:
        update_language(locales, code, texts)
        print(f"{locales.name}/{code}/LC_MESSAGES is up to date.")
    return 0


def _translations(path: Path, locales: Path) -> dict[str, str]:
    """Return the texts of a file; raise `OperatorError` for names that no English text has."""
    texts = read_yaml(path.resolve(), path.resolve().parent)
    known = {text.context for domain in DOMAINS for text in source_texts(locales, domain)}
    if unknown := sorted(set(map(str, texts)) - known):
        raise OperatorError(f"{path} has names that no English text has: {', '.join(unknown)}.")
    if wrong := [name for name, text in texts.items() if not isinstance(text, str)]:
        raise OperatorError(f"{path}: {', '.join(map(str, wrong))} is not text; put it in quotation marks.")
    return texts


def report() -> int:
    """Write docs/content.md and the badges; what still says what is so stays as it is."""
    for path in write(ROOT, today()):
        print(f"{path} is written.")
    print("docs/content.md and docs/badges say what is so today.")
    return 0


def _language(lang: str | None) -> str:
    language = lang or editors_language()
    if language not in LANGUAGES:
        raise OperatorError(f"--lang is {language!r}; the check speaks {', '.join(LANGUAGES)}.")
    return language


def _is_of_the_tree(locales: Path) -> bool:
    """Tell whether the page in docs/ is of these files."""
    return locales.resolve() == (ROOT / "locales").resolve()
