"""The way back to a chat, for those who chose that the bot may write to them. The gateway alone holds the keys."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from referral.crypto.sealed import BLOCK
from referral.errors import SealBroken

_PURPOSE = b"korpu route 1"


@dataclass(frozen=True)
class Route:
    """Where replies to a case go; `repr` shows nothing of it."""

    chat_id: int
    case_id: UUID
    case_public_key: bytes
    language: str

    def __repr__(self) -> str:
        return "Route()"


def route_tag(chat_id: int, *, index_key: bytes) -> bytes:
    """Return a keyed hash of a chat id; an unkeyed one is undone in an hour (security.md, trap 3)."""
    return hashlib.blake2b(str(chat_id).encode(), key=index_key, digest_size=32, person=b"korpu-route").digest()


def seal_route(chat_id: int, *, route_key: bytes, case_public_key: bytes, case_id: UUID, language: str) -> bytes:
    """Encrypt a route; only the holder of `route_key` can open it."""
    inner = {"chat": chat_id, "case": case_id.hex, "key": case_public_key.hex(), "language": language}
    return bytes(Aead(route_key).encrypt(sodium_pad(json.dumps(inner).encode(), BLOCK), _PURPOSE))


def open_route(box: bytes, *, route_key: bytes) -> Route:
    """Return the route; raise `SealBroken` when it was changed or is for another key."""
    try:
        inner = json.loads(sodium_unpad(Aead(route_key).decrypt(box, _PURPOSE), BLOCK))
    except (CryptoError, ValueError):
        raise SealBroken("A route cannot be opened with this key.") from None
    return Route(inner["chat"], UUID(hex=inner["case"]), bytes.fromhex(inner["key"]), inner["language"])
