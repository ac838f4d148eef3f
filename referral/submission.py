"""What the gateway hands over to open a referral: sealed, signed, and checked for its form."""

import base64
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from referral.crypto.records import RecordContext
from referral.crypto.sealed import Sealed
from referral.enums import ConsentScope, Urgency
from referral.errors import BadSubmission
from referral.recipients import Recipient

T = TypeVar("T")
MAX_FIELDS = 60
MAX_BLOB = 64 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # what stands beside a sealed value in clear must not hold a story
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,39}")
WORDING_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:()-]{0,39}")  # the second one of a day is "2026-11-26 (2)"


@dataclass(frozen=True)
class SealedField:
    """One sealed and signed value and the row that it belongs to."""

    table: str
    field: str
    seq: int
    sealed: Sealed
    signature: bytes

    def context(self, case_id: UUID) -> RecordContext:
        """Return the row in one case."""
        return RecordContext(case_id=case_id, table=self.table, field=self.field, seq=self.seq)


@dataclass(frozen=True)
class ConsentGiven:
    """One consent of a person; `scope` says whose it is."""

    wording_version: str
    recipient: str
    purpose: str
    given_day: dt.date
    expires_day: dt.date
    scope: ConsentScope
    details: SealedField


@dataclass(frozen=True)
class Submission:
    """A referral to be opened; `route_tag` and `route_box` are both there (push) or both missing (pull).

    `binding` is the bot's signature over case, key and code. `urgency` sets the deadline and is stored nowhere else in
    clear.
    """

    submission_id: str
    case_id: UUID
    organisation_id: UUID
    epoch: int
    public_key: bytes
    sealed_private_key: Sealed
    fields: tuple[SealedField, ...]
    consents: tuple[ConsentGiven, ...]
    code_tag: bytes
    reply_public_key: bytes
    binding: bytes
    route_tag: bytes | None
    route_box: bytes | None
    urgency: Urgency
    day: dt.date

    def __repr__(self) -> str:
        return "Submission()"


def field_to_json(field: SealedField) -> dict[str, Any]:
    """Return a field as JSON."""
    return {
        "table": field.table,
        "field": field.field,
        "seq": field.seq,
        "sealed": field.sealed.text(),
        "signature": _text(field.signature),
    }


def field_from_json(raw: Mapping[str, Any]) -> SealedField:
    """Read a field; raise `BadSubmission` naming what is not of its form."""
    return SealedField(
        table=_matching(raw, "table", _NAME),
        field=_matching(raw, "field", _NAME),
        seq=_number(raw, "seq"),
        sealed=Sealed(_bytes(raw, "sealed")),
        signature=_bytes(raw, "signature", 64),
    )


def submission_to_json(submission: Submission) -> dict[str, Any]:
    """Return a submission as JSON."""
    return {
        "submission_id": submission.submission_id,
        "case_id": submission.case_id.hex,
        "organisation_id": submission.organisation_id.hex,
        "epoch": submission.epoch,
        "public_key": _text(submission.public_key),
        "sealed_private_key": submission.sealed_private_key.text(),
        "fields": [field_to_json(field) for field in submission.fields],
        "consents": [consent_to_json(consent) for consent in submission.consents],
        "code_tag": _text(submission.code_tag),
        "reply_public_key": _text(submission.reply_public_key),
        "binding": _text(submission.binding),
        "route_tag": None if submission.route_tag is None else _text(submission.route_tag),
        "route_box": None if submission.route_box is None else _text(submission.route_box),
        "urgency": submission.urgency.value,
        "day": submission.day.isoformat(),
    }


def consent_to_json(consent: ConsentGiven) -> dict[str, Any]:
    """Return a consent as JSON."""
    return {
        "wording_version": consent.wording_version,
        "recipient": consent.recipient,
        "purpose": consent.purpose,
        "given_day": consent.given_day.isoformat(),
        "expires_day": consent.expires_day.isoformat(),
        "scope": consent.scope.value,
        "details": field_to_json(consent.details),
    }


def submission_from_json(raw: Mapping[str, Any]) -> Submission:
    """Read a submission; raise `BadSubmission` naming what is not of its form."""
    fields = _get(raw, "fields", list)
    if not 1 <= len(fields) <= MAX_FIELDS:
        raise BadSubmission(f"A submission has between 1 and {MAX_FIELDS} fields.")
    route_tag = None if raw.get("route_tag") is None else _bytes(raw, "route_tag", 32)
    route_box = None if raw.get("route_box") is None else _bytes(raw, "route_box")
    if (route_tag is None) != (route_box is None):
        raise BadSubmission("route_tag and route_box belong together.")
    return Submission(
        submission_id=_get(raw, "submission_id", str),
        case_id=_parsed(raw, "case_id", lambda value: UUID(hex=value)),
        organisation_id=_parsed(raw, "organisation_id", lambda value: UUID(hex=value)),
        epoch=_number(raw, "epoch"),
        public_key=_bytes(raw, "public_key", 32),
        sealed_private_key=Sealed(_bytes(raw, "sealed_private_key")),
        fields=tuple(field_from_json(_object(field, "fields")) for field in fields),
        consents=tuple(consent_from_json(_object(consent, "consents")) for consent in _get(raw, "consents", list)),
        code_tag=_bytes(raw, "code_tag", 32),
        reply_public_key=_bytes(raw, "reply_public_key", 32),
        binding=_bytes(raw, "binding", 64),
        route_tag=route_tag,
        route_box=route_box,
        urgency=_parsed(raw, "urgency", Urgency),
        day=_parsed(raw, "day", dt.date.fromisoformat),
    )


def consent_from_json(raw: Mapping[str, Any]) -> ConsentGiven:
    """Read a consent; raise `BadSubmission` naming what is not of its form."""
    return ConsentGiven(
        wording_version=_matching(raw, "wording_version", WORDING_VERSION),
        recipient=str(_parsed(raw, "recipient", Recipient.from_text)),
        purpose=_matching(raw, "purpose", _WORDS),
        given_day=_parsed(raw, "given_day", dt.date.fromisoformat),
        expires_day=_parsed(raw, "expires_day", dt.date.fromisoformat),
        scope=_parsed(raw, "scope", ConsentScope),
        details=field_from_json(_get(raw, "details", dict)),
    )


def _get(raw: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = raw.get(name)
    if not isinstance(value, kind):
        raise BadSubmission(f"{name} is missing or not of its kind.")
    return value


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadSubmission(f"{name} holds something that is not an object.")
    return value


def _matching(raw: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = _get(raw, name, str)
    if form.fullmatch(value) is None:
        raise BadSubmission(f"{name} is not of its form.")
    return value


def _number(raw: Mapping[str, Any], name: str) -> int:
    value = _get(raw, name, int)
    if isinstance(value, bool) or not 0 <= value < 2**63:
        raise BadSubmission(f"{name} is not a number of its kind.")
    return value


def _parsed(raw: Mapping[str, Any], name: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(_get(raw, name, str))
    except ValueError as error:
        raise BadSubmission(f"{name} is not of its form.") from error


def _bytes(raw: Mapping[str, Any], name: str, size: int | None = None) -> bytes:
    try:
        value = base64.b64decode(_get(raw, name, str), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadSubmission(f"{name} is not base64.") from error
    if len(value) > MAX_BLOB or len(value) < (size or 49) or (size is not None and len(value) != size):
        raise BadSubmission(f"{name} has the wrong size.")
    return value


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode()
