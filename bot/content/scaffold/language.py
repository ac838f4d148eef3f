"""A new language: all its files, with every place where something is to be written, and its lines in shared files."""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from babel import Locale, UnknownLocaleError

from bot.content.catalogues import updated
from bot.content.rules.words import LISTS
from bot.content.scaffold.files import SECOND, TOP, Changes, put_after, put_last, read
from bot.errors import OperatorError
from bot.gateway.danger import Danger
from bot.i18n import SOURCE_LANGUAGE
from bot.intents import Intent, read_catalogue
from bot.languages import FILE, read_languages
from bot.yamlfile import load

LOCALES, LANGUAGES, GLOSSARY = Path("locales"), Path("locales", FILE), Path("locales", "glossary.yml")
STATISTICS, PICTURES = Path("referral/statistics/data/languages.yml"), Path("scripts/screenshots.yml")
EVALUATION_STYLES = ("plain", "chatty", "keywords", "story", "latin", "mixed")
QUIET = "quiet"
FEW = 4  # of the English words, as a reminder


def new_language(root: Path, code: str, *, name: str | None = None, hints: Collection[str] = ()) -> Changes:
    """Return the new contents of every file of a language that is not offered yet; nothing is written.

    `name` is what the language calls itself, `hints` are the codes in Telegram that mean it; without them Babel's name
    and the code itself. Raise `OperatorError` when the language is there already or nobody knows it.
    """
    known = read_languages(root / LOCALES)
    if code in known:
        raise OperatorError(f"{code} stands in {LANGUAGES} already. What it lacks: `korpu content todo --lang {code}`.")
    locale = _locale(code)
    entry = {
        "name": name or str(locale.get_display_name(code)),
        "rtl": locale.text_direction == "rtl",
        "hints": list(hints or (code,)),
        "offered": False,
    }
    line = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items())
    english = str(locale.get_display_name(SOURCE_LANGUAGE))
    own = _own_files(root, code, english, [*known, code])
    if there := [str(file) for file in own if (root / file).exists()]:
        raise OperatorError(f"{', '.join(there)} exists although {LANGUAGES} has no {code}. Move it away first.")
    return {
        LANGUAGES: put_last(read(root, LANGUAGES), f"{code}: {{{line}}}"),
        **own,
        **_shared_files(root, code, tuple(known)),
    }


def _locale(code: str) -> Locale:
    try:
        if re.fullmatch(r"[a-z]{2,3}", code):
            return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        pass
    raise OperatorError(
        f"{code!r} is no language that Babel knows. Write its code of two or three letters, such as ur."
    )


def _own_files(root: Path, code: str, english: str, codes: Collection[str]) -> Changes:
    catalogue = read_catalogue(root / "bot/intents/catalogue.yml").by_name
    files = {LOCALES / file: text for file, text in updated(root / LOCALES, code).items()}
    files[LOCALES / code / "words.yml"] = _words(root, english, codes)
    files[LOCALES / code / "danger.yml"] = _danger_lexicon(english)
    files[Path("data/danger", f"{code}.yml")] = _danger_messages(english)
    files[Path("data/concepts", f"{code}.yml")] = _concepts(root, english)
    files[Path("evaluation", f"{code}.yml")] = _evaluation(english, catalogue)
    for path in sorted((root / "data/nlu" / SOURCE_LANGUAGE).glob("*.yml")):
        files[Path("data/nlu", code, path.name)] = _examples(path, english, catalogue)
    return files


def _words(root: Path, english: str, codes: Collection[str]) -> str:
    ours = load(root / LOCALES / SOURCE_LANGUAGE / "words.yml")
    lines = [f"# {english}: words that count only when they are the whole message, in every spelling that people use."]
    for name in LISTS[:-2]:
        lines.append(f"{name}: []  # {_few(ours[name])}")
    lines.append("languages:  # how people call each language")
    lines += [f"  {code}: []  # {_few(ours['languages'].get(code, ()))}".rstrip("# ") for code in codes]
    lines += [f"{name}: []  # {_few(ours[name])}" for name in LISTS[-2:]]
    return _text(lines)


def _danger_lexicon(english: str) -> str:
    lines = [
        f"# {english}: the danger gate's patterns; docs/editors.md explains their small language. `fires` and `quiet`",
        "# test them: what must be seen, and harmless messages with alarming words. In place of [] one a line:",
        '#    - "text"',
    ]
    for danger in Danger:
        lines += [f"{danger.value}:", "  patterns: []", "  fires: []"]
    return _text([*lines, f"{QUIET}: []"])


def _danger_messages(english: str) -> str:
    lines = [f"# {english}: messages that the danger gate's model learns from; quiet are hard negatives."]
    return _text([*lines, *(f"{danger.value}: []" for danger in Danger), f"{QUIET}: []"])


def _concepts(root: Path, english: str) -> str:
    lines = [
        f"# {english}: the words of each concept; word* is any word that begins so; "
        '"two words" is a sequence (each may end in *).'
    ]
    for concept, patterns in load(root / "data/concepts" / f"{SOURCE_LANGUAGE}.yml").items():
        lines.append(f"{concept}: []  # {_few(patterns)}")
    return _text(lines)


def _evaluation(english: str, catalogue: Mapping[str, Intent]) -> str:
    lines = [
        f"# {english}: measures understanding; never trained on, never looked at while examples are written.",
        "# Three messages or more of each intent; a style that does not fit may stay empty.",
        "intents:",
    ]
    for intent in catalogue.values():
        if not intent.draft:
            lines += _measured(intent.name)
    lines += ["danger:", *(f"  {danger.value}: []" for danger in Danger), f"{QUIET}: []"]
    return _text(lines)


def _measured(intent: str) -> list[str]:
    return [f"  {intent}:", *(f"    {style}: []" for style in EVALUATION_STYLES)]


def evaluation_place(intent: str) -> str:
    """Return the lines of one intent in `evaluation/<language>.yml`, with nothing in them yet."""
    return _text(_measured(intent))


def _examples(source: Path, english: str, catalogue: Mapping[str, Intent]) -> str:
    lines = [
        f"# {english}: what people write. One message a line below `examples: |`, after four spaces and a dash:",
        "#    - like this",
        'version: "3.1"',
        "",
        "nlu:",
    ]
    for entry in load(source)["nlu"]:
        intent = catalogue[entry["intent"]]
        if not intent.draft:
            lines += [f"# {intent.asks}", *([f"# Not: {intent.border}"] if intent.border else [])]
            lines += [f"- intent: {intent.name}", "  examples: |"]
    return _text(lines)


def _shared_files(root: Path, code: str, known: tuple[str, ...]) -> Changes:
    changes = {GLOSSARY: _glossary(read(root, GLOSSARY), code, known)}
    for other in known:
        file = LOCALES / other / "words.yml"
        if (root / file).exists():
            changes[file] = put_after(read(root, file), r"languages:", TOP, f"  {code}: []\n", file=file)
    changes[STATISTICS] = re.sub(r"(?m)^(languages: \[.*)\]", rf"\1, {code}]", read(root, STATISTICS))
    changes[PICTURES] = put_last(read(root, PICTURES), f'{code}: ["", ""]')
    return changes


def _glossary(text: str, code: str, known: tuple[str, ...]) -> str:
    """Put an empty list after the last language of each entry."""
    is_language = re.compile(rf" {{4}}(?:{'|'.join(map(re.escape, known))}): \[")
    lines = text.splitlines()
    found: list[str] = []
    last = None  # where the entry's last language stands
    for line in [*lines, ""]:
        if last is not None and re.match(rf"{SECOND}|$", line):
            found.insert(last + 1, f"    {code}: []")
            last = None
        found.append(line)
        if is_language.match(line):
            last = len(found) - 1
    return _text(found[:-1])


def _few(words: Collection[str]) -> str:
    return ", ".join(list(words)[:FEW])


def _text(lines: Collection[str]) -> str:
    return "\n".join(lines) + "\n"
