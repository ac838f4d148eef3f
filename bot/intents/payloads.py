"""The payloads that buttons carry, and the allow-list that every payload must pass.

A payload is `intent` or `intent:value`; a value may have parts (`helped:work_permit:0a1b2c3d`). Telegram allows 64
bytes; the gateway's seal takes 12 of them.
"""

import re
from dataclasses import dataclass

from bot.intents.catalogue import load_catalogue

MAX_PAYLOAD_BYTES = 50
_FORM = re.compile(r"(?P<intent>[a-z_]+)(?::(?P<value>[A-Za-z0-9_.:-]+))?")

# Steps of a dialogue that only a button or the gateway can take. Nobody can say them, so they have no examples.
TECHNICAL = (
    "choose",  # an answer to a question of the intake form: choose:<field>.<value>
    "sealed",  # what a person typed, already encrypted
    "consent_give",  # alone, or with the wording that it is under: consent_give:minor, consent_give:other
    "consent_refuse",
    "intake_back",
    "intake_next",
    "intake_change",
    "intake_cancel",
    "intake_lost",
    "intake_closed",  # a request while no requests are taken (the channel puts it in the place of request_help)
    "intake_resume",
    "referral_send",
    "menu_topic",
    "show_language",
    "code_enter",
    "status_code",
    "write_case",
    "write_cancel",
    "case_message",
    "withdraw_ask",
    "withdraw_yes",
    "erase_ask",
    "erase_yes",
    "unshare_ask",
    "unshare_yes",
    "held",
    "link_chat",
    "consent_yes",  # an answer to a caseworker's question for consent: consent_yes:<question>
    "consent_no",
    "oncall_stop",
    "delete_all",
    "none_of_these",
)


@dataclass(frozen=True)
class Payload:
    """What a button says: the intent and, with some, a value."""

    intent: str
    value: str | None = None

    def __str__(self) -> str:
        return self.intent if self.value is None else f"{self.intent}:{self.value}"


def parse_payload(text: str) -> Payload | None:
    """Return the payload, or None when the text is not one of the allowed form and size."""
    match = _FORM.fullmatch(text)
    if match is None or len(text.encode()) > MAX_PAYLOAD_BYTES:
        return None
    return Payload(intent=match["intent"], value=match["value"])


def is_allowed(payload: Payload) -> bool:
    """Tell whether the payload's intent is one that the dialogue knows."""
    return payload.intent in load_catalogue().by_name or payload.intent in TECHNICAL
