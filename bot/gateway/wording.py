"""Which wording of a consent a person has agreed to: the one of the very message whose button they pressed."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from bot.gateway.state import Chat
from bot.intents import Payload

MOST_SHOWN = 8
WORDINGS = MappingProxyType({None: "ask_consent", "minor": "ask_consent_minor", "other": "ask_consent_other"})
SCOPES = MappingProxyType({"ask_consent": "own", "ask_consent_minor": "minor", "ask_consent_other": "proxy"})


def hash_of(text: str) -> str:
    """Return the hash of a wording as it was shown."""
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def note_shown(chat: Chat, message_id: int | None, wording: Mapping[str, str], text: str) -> None:
    """Note that a message shows a consent's wording."""
    shown = {**chat.wordings, str(message_id): {**wording, "blake2b": hash_of(text)}}
    chat.wordings = dict(list(shown.items())[-MOST_SHOWN:])


def note_agreed(chat: Chat, message_id: int | None, payload: Payload) -> bool:
    """Note to which wording the person agrees; False when the button is not the one of the wording that they saw."""
    wording = chat.wordings.get(str(message_id))
    if chat.intake is None or wording is None or wording["name"] != WORDINGS.get(payload.value):
        return False
    chat.intake["consent"] = wording
    return True


def agreed(chat: Chat, scope: str | None) -> dict[str, str] | None:
    """Return the wording that was agreed to; None unless it is one for this scope."""
    wording: dict[str, str] | None = (chat.intake or {}).get("consent")
    return wording if wording is not None and SCOPES[wording["name"]] == scope else None
