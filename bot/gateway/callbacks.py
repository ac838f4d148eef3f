"""Seals on button payloads: a button counts only if the bot itself sent it to this chat.

The seal is a keyed hash over chat and payload, so nothing has to be stored and buttons outlive restarts. Telegram
allows 64 bytes of callback data; the seal takes 12 of them.
"""

import base64
import hashlib
import hmac

from bot.intents import Payload, is_allowed, parse_payload

SEAL_BYTES = 8
TELEGRAM_LIMIT = 64
GATEWAY_INTENTS = frozenset({"language", "read_reply", "helped", "not_helped", "number_wrong", "number_wrong_fact"})


class PayloadTooLong(ValueError):
    """A payload does not fit into a button; the message shows it."""


def seal_payload(payload: str, *, sender: str, key: bytes) -> str:
    """Return the callback data of a button; raise `PayloadTooLong` beyond Telegram's limit."""
    data = f"{payload}!{_seal(payload, sender, key)}"
    if len(data.encode()) > TELEGRAM_LIMIT:
        raise PayloadTooLong(
            f"The button payload {payload!r} is too long: {len(data.encode())} bytes, {TELEGRAM_LIMIT} fit."
        )
    return data


def open_payload(data: str | None, *, sender: str, key: bytes) -> Payload | None:
    """Return the payload of a pressed button, or None if the bot did not send it to this chat."""
    text, _, seal = (data or "").rpartition("!")
    if not hmac.compare_digest(seal.encode(), _seal(text, sender, key).encode()):
        return None
    payload = parse_payload(text)
    if payload is None or not (is_allowed(payload) or payload.intent in GATEWAY_INTENTS):
        return None
    return payload


def _seal(payload: str, sender: str, key: bytes) -> str:
    digest = hashlib.blake2b(f"{sender}\n{payload}".encode(), key=key, digest_size=SEAL_BYTES).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
