"""Files that cannot be read, and entries that are not of their form; each is tried by itself."""

from pathlib import Path

from tests.content.edits import Mistake, po, removed, replaced, within, written

ANSWERS, DIALOGUE, FACTS = "source/answers.yml", "source/dialogue.yml", "facts.yml"


def _as_utf16(locales: Path) -> None:
    path = locales / "source" / "labels.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


BROKEN = (
    Mistake("file", "missing", "glossary.yml", "", removed("glossary.yml")),
    Mistake("file", "missing", po("tr", "answers"), "", removed(po("tr", "answers"))),
    Mistake("file", "not_utf8", "source/labels.yml", "", _as_utf16),
    Mistake("file", "not_yaml", FACTS, "", within(FACTS, "  police", 'value: "102"', 'value: "102')),
    Mistake("file", "not_yaml", "ka/danger.yml", "", within("ka/danger.yml", "danger_now", '- "', "- '")),
    Mistake("file", "not_mapping", "languages.yml", "", written("languages.yml", "- az\n- en\n")),
    Mistake("file", "twice", FACTS, "fine_max", replaced(FACTS, "\n  fine_max:", "\n  fine_max: {}\n  fine_max:")),
    Mistake("file", "twice", DIALOGUE, "text", within(DIALOGUE, "  greet", "    text:", "    text: a\n    text:")),
    Mistake(
        "file", "not_po", po("ru", "dialogue"), "", replaced(po("ru", "dialogue"), '"Language: ru\\n"', "Language")
    ),
    Mistake("form", "lacks", ANSWERS, "work_permit", within(ANSWERS, "work_permit", "  owner: ngo\n", "")),
    Mistake("form", "lacks", FACTS, "fine_min", within(FACTS, "  fine_min", '    checked: "2026-04-30"\n', "")),
    Mistake("form", "unknown", ANSWERS, "life_idp", within(ANSWERS, "life_idp", "  related:", "  relatd:")),
    Mistake("form", "not_one_of", ANSWERS, "stay_asylum", within(ANSWERS, "stay_asylum", "risk: high", "risk: hihg")),
    Mistake("form", "not_one_of", FACTS, "asan", within(FACTS, "  asan", "behind: state", "behind: State")),
    Mistake("form", "not_day", FACTS, "police", within(FACTS, "  police", '"2027-01-31"', '"31.01.2027"')),
    Mistake("form", "not_of_unit", FACTS, "fine_max", within(FACTS, "  fine_max", "value: 400", 'value: "400 AZN"')),
    Mistake("form", "not_of_unit", FACTS, "wmr_year", within(FACTS, "  wmr_year", '"2022"', '"in 2022"')),
    Mistake("form", "not_texts", ANSWERS, "life_money", within(ANSWERS, "life_money", "[none_found]", "none_found")),
    Mistake("form", "not_text", DIALOGUE, "btn_menu", within(DIALOGUE, "  btn_menu", '"Topics"', "")),
    Mistake(
        "form", "not_mapping", DIALOGUE, "choose_language", within(DIALOGUE, "  choose_language", "\n    text:", "")
    ),
    Mistake(
        "form",
        "not_rows",
        DIALOGUE,
        "thank",
        within(DIALOGUE, "  thank", '"request_help=btn_talk"]]', '"request_help=btn_talk", 1]]'),
    ),
    Mistake(
        "form",
        "not_version",
        DIALOGUE,
        "ask_consent",
        within(DIALOGUE, "  ask_consent", 'version: "2026', 'version: "№ 2026'),
    ),
    Mistake("form", "not_number", "languages.yml", "ru", within("languages.yml", "ru", "likelier: 2", "likelier: two")),
    Mistake("form", "not_yes_or_no", "languages.yml", "ar", within("languages.yml", "ar", "rtl: true", "rtl: ja")),
    Mistake("form", "not_forms", "glossary.yml", "lawyer", within("glossary.yml", "  lawyer", "en:", "english:")),
)
