"""The way back to a chat, for those who chose that the bot may write to them. The gateway alone holds the keys."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from referral.crypto.sealed import BLOCK
from referral.errors import SealBroken
from referral.safe_contact import SafeContact

_PURPOSE = b"korpu route 2"
_ON_CALL = b"korpu on call 1"


@dataclass(frozen=True)
class Route:
    """Where replies to a case go; `repr` shows nothing of it."""

    chat_id: int
    case_id: UUID
    case_public_key: bytes
    language: str
    safe_contact: SafeContact

    def __repr__(self) -> str:
        return "Route()"


def route_tag(chat_id: int, *, index_key: bytes) -> bytes:
    """Return a keyed hash of a chat id; an unkeyed one is undone in an hour (security.md, trap 3)."""
    return hashlib.blake2b(str(chat_id).encode(), key=index_key, digest_size=32, person=b"korpu-route").digest()


def seal_route(
    chat_id: int, *, route_key: bytes, case_public_key: bytes, case_id: UUID, language: str, safe_contact: SafeContact
) -> bytes:
    """Encrypt a route and the contract under which it may be used; only the holder of `route_key` can open it."""
    inner = {
        "chat": chat_id,
        "case": case_id.hex,
        "key": case_public_key.hex(),
        "language": language,
        "hours": safe_contact.hours,
        "wording": safe_contact.wording,
    }
    return bytes(Aead(route_key).encrypt(sodium_pad(json.dumps(inner).encode(), BLOCK), _PURPOSE))


def open_route(box: bytes, *, route_key: bytes) -> Route:
    """Return the route; raise `SealBroken` when it was changed or is for another key."""
    inner = _opened(box, route_key, _PURPOSE)
    contract = SafeContact(inner["hours"], inner["wording"])
    return Route(inner["chat"], UUID(hex=inner["case"]), bytes.fromhex(inner["key"]), inner["language"], contract)


@dataclass(frozen=True)
class OnCall:
    """The chat of a member of staff who is on call; `repr` shows nothing of it."""

    chat_id: int
    language: str

    def __repr__(self) -> str:
        return "OnCall()"


def seal_on_call(chat_id: int, *, route_key: bytes, language: str) -> bytes:
    """Encrypt the way to a colleague's chat."""
    inner = {"chat": chat_id, "language": language}
    return bytes(Aead(route_key).encrypt(sodium_pad(json.dumps(inner).encode(), BLOCK), _ON_CALL))


def open_on_call(box: bytes, *, route_key: bytes) -> OnCall:
    """Return the way to a colleague's chat; raise `SealBroken`."""
    inner = _opened(box, route_key, _ON_CALL)
    return OnCall(inner["chat"], inner["language"])


def _opened(box: bytes, route_key: bytes, purpose: bytes) -> dict[str, Any]:
    try:
        inner: dict[str, Any] = json.loads(sodium_unpad(Aead(route_key).decrypt(box, purpose), BLOCK))
    except (CryptoError, ValueError):
        raise SealBroken("A route cannot be opened with this key.") from None
    return inner
