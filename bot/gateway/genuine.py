"""What comes to the gateway through the database or Rasa is believed only with a proof that neither of them can make.

A case's key counts with the bot's own signature and the code that was typed, or with the encrypted route to this very
chat; a letter counts with its author's signature, for the case that its route belongs to.
"""

import base64
from typing import Any
from uuid import UUID

from bot.gateway.keys import GatewayKeys
from referral.crypto import (
    Binding,
    CodeKeys,
    Route,
    Sealed,
    check_binding,
    open_bytes,
    open_letter,
    open_route,
    unpack_address,
)
from referral.crypto.manifest import Manifest
from referral.errors import ForgedRecord, SealBroken

CHAT = "chat."
CODE = "code."
_NOT_THEIRS = "This chat has not proved that the case is its own."


def key_of_case(
    case_id: UUID, address: str, *, chat_id: int, code: CodeKeys | None, keys: GatewayKeys, manifest: Manifest
) -> bytes:
    """Return the key to which something of this chat may be sealed for a case.

    Raise `ForgedRecord` unless the chat is the one that the case's replies go to, or has just typed the case's code:
    otherwise a stranger's words would carry the bot's signature into a case, or the person's would be sealed to a
    stranger.
    """
    try:
        proof = base64.b64decode(address[len(CHAT) :], altchars=b"-_", validate=True)
    except ValueError:
        raise ForgedRecord(_NOT_THEIRS) from None
    if address.startswith(CHAT):
        return _by_chat(case_id, proof, chat_id, keys)
    if address.startswith(CODE) and code is not None:
        return _by_code(case_id, proof, code, manifest)
    raise ForgedRecord(_NOT_THEIRS)


def own_route(box: bytes, *, chat_id: int, keys: GatewayKeys) -> Route:
    """Return the route to a chat that asks; raise `ForgedRecord` when it leads to another one.

    The database finds routes by a tag in clear, beside which anybody's box may have been put.
    """
    try:
        route = open_route(box, route_key=keys.route_key)
    except SealBroken:
        raise ForgedRecord(_NOT_THEIRS) from None
    if route.chat_id != chat_id:
        raise ForgedRecord(_NOT_THEIRS)
    return route


def letter_to_chat(sealed: Sealed, *, route: Route, keys: GatewayKeys, manifest: Manifest) -> dict[str, Any]:
    """Return a letter that may go to the chat of a route; raise `ForgedRecord`, `RecordMismatch`, `SealBroken`."""
    return open_letter(open_bytes(keys.relay_key, sealed), case_id=route.case_id, manifest=manifest)


def letter_under_code(sealed: Sealed, *, private_key: bytes, case_id: UUID, manifest: Manifest) -> dict[str, Any]:
    """Return a letter that waited under a code; raise `ForgedRecord`, `RecordMismatch`, `SealBroken`."""
    return open_letter(open_bytes(private_key, sealed), case_id=case_id, manifest=manifest)


def _by_chat(case_id: UUID, box: bytes, chat_id: int, keys: GatewayKeys) -> bytes:
    route = own_route(box, chat_id=chat_id, keys=keys)
    if route.case_id != case_id:
        raise ForgedRecord(_NOT_THEIRS)
    return route.case_public_key


def _by_code(case_id: UUID, address: bytes, code: CodeKeys, manifest: Manifest) -> bytes:
    binding, signature = unpack_address(case_id, address)
    check_binding(binding, signature, verify_keys=manifest.bot_verify_keys)
    own = Binding.of(
        case_id=case_id, public_key=binding.public_key, code_tag=code.tag, reply_public_key=code.public_key
    )
    if own != binding:
        raise ForgedRecord(_NOT_THEIRS)
    return binding.public_key
