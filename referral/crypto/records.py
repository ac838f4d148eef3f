"""Records bound to their row: sealed, padded, signed. A value copied into another row is refused."""

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.errors import BadSubmission, ForgedRecord, RecordMismatch, SealBroken

VERSION = 1
SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class RecordContext:
    """The row and column that a sealed value belongs to."""

    case_id: UUID
    table: str
    field: str
    seq: int

    def as_bytes(self) -> bytes:
        """Return the context in one fixed form, for signing."""
        return json.dumps([VERSION, self.case_id.hex, self.table, self.field, self.seq], separators=(",", ":")).encode()


def seal_record(*, public_key: bytes, context: RecordContext, payload: str, day: dt.date) -> Sealed:
    """Seal a payload together with the row that it belongs to (libsodium's sealed box has no additional data)."""
    inner = {
        "v": VERSION,
        "case": context.case_id.hex,
        "table": context.table,
        "field": context.field,
        "seq": context.seq,
        "day": day.isoformat(),
        "payload": payload,
    }
    return seal_bytes(public_key, json.dumps(inner, ensure_ascii=False, separators=(",", ":")).encode())


def open_record(*, private_key: bytes, sealed: Sealed, context: RecordContext) -> str:
    """Return the payload; raise `SealBroken`, or `RecordMismatch` when it was sealed for another row.

    Everybody can seal to a public key, so what comes out may be anything until `verify_record` has been asked too.
    """
    inner = _parsed(open_bytes(private_key, sealed))
    found = tuple(inner.get(name) for name in ("v", "case", "table", "field", "seq"))
    if found != (VERSION, context.case_id.hex, context.table, context.field, context.seq):
        raise RecordMismatch(f"A value in {context.table}.{context.field} was sealed for another place.")
    payload = inner.get("payload")
    if not isinstance(payload, str):
        raise SealBroken("A sealed value holds no text.")
    return payload


def sign_record(*, signing_key: bytes, context: RecordContext, sealed: Sealed) -> bytes:
    """Return the author's signature over the row and the ciphertext."""
    return SigningKey(signing_key).sign(_digest(context, sealed)).signature


def verify_record(*, verify_key: bytes, context: RecordContext, sealed: Sealed, signature: bytes) -> None:
    """Raise `ForgedRecord` unless the signature is the bot's for this row and this ciphertext."""
    try:
        VerifyKey(verify_key).verify(_digest(context, sealed), signature)
    except (BadSignatureError, ValueError) as error:
        raise ForgedRecord(f"A value in {context.table}.{context.field} was not written by the bot.") from error


def _parsed(inner: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(inner)
    except ValueError:
        raise SealBroken("A sealed value is not a record.") from None  # the cause would quote what was sealed
    if not isinstance(parsed, dict):
        raise SealBroken("A sealed value is not a record.")
    return parsed


def _digest(context: RecordContext, sealed: Sealed) -> bytes:
    return hashlib.blake2b(context.as_bytes() + b"\x00" + sealed.blob, digest_size=32, person=b"korpu-record").digest()


def pack_envelope(sealed: Sealed, signature: bytes) -> str:
    """Return signature and ciphertext as text."""
    return base64.urlsafe_b64encode(signature + sealed.blob).decode()


def unpack_envelope(text: str) -> tuple[Sealed, bytes]:
    """Return ciphertext and signature; raise `BadSubmission` when the text is not an envelope."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
        return Sealed(raw[SIGNATURE_BYTES:]), raw[:SIGNATURE_BYTES]
    except ValueError as error:
        raise BadSubmission("An envelope is not of its form.") from error
