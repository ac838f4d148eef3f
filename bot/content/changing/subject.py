"""What an edit is of, as people name it: an answer, another text, a button, a fact, a source."""

from collections.abc import Iterable

from bot.content.changing.edit import Edit
from bot.content.sources import ANSWERS, DIALOGUE, FACTS, LABEL_GROUPS, LABELS

_ANSWER_LABEL = "label/answer:"
_PREFIXES = dict(LABEL_GROUPS)


def subject_of(edit: Edit) -> str:
    """Return what an edit is of: `answer/<intent>`, `text/<name>`, `label/<key>`, `fact/<name>`, `source/<key>`.

    An answer, its button and its dates are one subject. Of any other file it is the file and the first key.
    """
    first, *rest = edit.path
    second = rest[0] if rest else ""
    if edit.is_translation:
        return f"answer/{first.removeprefix(_ANSWER_LABEL)}" if first.startswith(_ANSWER_LABEL) else first
    match edit.file:
        case file if file == ANSWERS:
            return f"answer/{first}"
        case file if file == DIALOGUE:
            return f"{first.removesuffix('s')}/{second}"
        case file if file == LABELS:
            return f"label/{_PREFIXES.get(first, first)}:{second}"
        case file if file == FACTS:
            return f"{first.removesuffix('s')}/{second}"
        case file:
            return f"{file}/{first}"


def subjects_of(edits: Iterable[Edit]) -> tuple[str, ...]:
    """Return what edits change, each once; an edit that writes what was there changes nothing."""
    return tuple(dict.fromkeys(subject_of(edit) for edit in edits if edit.is_change))
