"""What a case page shows, in the order in which a caseworker needs it."""

import json
from dataclasses import dataclass

from referral.service.casework import OpenCase, OpenValue

TOLD = ("narrative", "place", "reason")


@dataclass(frozen=True)
class CaseView:
    """An opened case, arranged: safety first, then choices, then what was written."""

    index: dict[str, str]
    choices: dict[str, str]
    safe_time_words: tuple[OpenValue, ...]
    code_word: tuple[OpenValue, ...]
    told: tuple[OpenValue, ...]
    forged: bool


def arrange(case: OpenCase) -> CaseView:
    """Arrange a case's values; a value that is not the bot's own is marked, not hidden."""
    return CaseView(
        index=_json(case, "index"),
        choices=_json(case, "choices"),
        safe_time_words=_named(case, "safe_time"),
        code_word=_named(case, "code_word"),
        told=tuple(value for name in TOLD for value in _named(case, name)),
        forged=not all(value.verified for value in case.values)
        or not all(message.verified for message in case.messages)
        or not all(consent.verified for consent in case.consents),
    )


def _named(case: OpenCase, name: str) -> tuple[OpenValue, ...]:
    return tuple(value for value in case.values if value.field == name)


def _json(case: OpenCase, name: str) -> dict[str, str]:
    found = _named(case, name)
    parsed: dict[str, str] = json.loads(found[0].text) if found and found[0].text else {}
    return parsed
