"""Sealing at the edge: what a person types is encrypted here, before Rasa, a log or the database sees it.

The key of an intake is made here and its private half is sealed to the organisation at once, so that neither this
process nor a manipulated Rasa can read or redirect what follows (docs/adr/0003).
"""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.gateway.keys import GatewayKeys, Organisation
from referral import (
    CONSENT_DAYS,
    ConsentGiven,
    ConsentScope,
    SealedField,
    Submission,
    Urgency,
    submission_to_json,
)
from referral.crypto import (
    Binding,
    RecordContext,
    Sealed,
    derive_code,
    new_case_key,
    new_code,
    pack_envelope,
    route_tag,
    seal_record,
    seal_route,
    sign_binding,
    sign_record,
    unpack_envelope,
)
from referral.recipients import ITEMS, SERVICE
from referral.safe_contact import ANY, FULL, NOTICE, TYPED, SafeContact
from referral.terms import consent_terms, with_terms

FIELD_TABLE = "case_field"
CONSENT_TABLE = "consent_record"
MESSAGE_TABLE = "case_message"
PUSH = frozenset({"push", "push_text"})


def today() -> dt.date:
    """Return the day in UTC, the only time that is stored about a person in clear."""
    return dt.datetime.now(tz=dt.UTC).date()


def begin_intake(organisation: Organisation) -> dict[str, Any]:
    """Make the key of a new intake; only its public half and the sealed private half remain."""
    key = new_case_key(organisation_public_key=organisation.public_key)
    return {
        "case_id": key.case_id.hex,
        "public_key": _text(key.public_key),
        "sealed_private_key": _text(key.sealed_private_key.blob),
        "epoch": organisation.epoch,
        "seq": 0,
    }


def seal_typed(intake: dict[str, Any], *, field: str, text: str, keys: GatewayKeys) -> str:
    """Encrypt and sign one typed answer; return it as text for Rasa's slots, with its number in front."""
    intake["seq"] += 1
    sealed = _seal(intake, table=FIELD_TABLE, field=field, seq=intake["seq"], payload=text, keys=keys)
    return f"{intake['seq']}.{pack_envelope(sealed.sealed, sealed.signature)}"


def build_submission(
    intake: Mapping[str, Any],
    filled: Mapping[str, Any],
    *,
    update_id: int,
    chat_id: int,
    language: str,
    urgency: str,
    wording: Mapping[str, str],
    keys: GatewayKeys,
    organisation: Organisation,
) -> dict[str, Any]:
    """Build the referral that the press of "Send" opens; return it with its code, to be kept until it is announced.

    `filled` is what the summary showed: choices, ciphertext, minute and scope of the consent. `wording` names the
    consent that the person saw when they agreed: `version`, `language` and `blake2b`, the hash of its words.
    """
    choices: Mapping[str, str] = filled["choices"]
    code = new_code()
    code_keys = derive_code(code, pepper=keys.code_pepper)
    push = choices.get("contact") in PUSH
    index = {
        "topic": choices.get("topic", "other"),
        "urgency": urgency,
        "language": choices.get("language", language),
        "caseworker_gender": choices.get("gender", "any"),
        "opened_at": dt.datetime.now(tz=dt.UTC).isoformat(timespec="minutes"),
    }
    fields = [
        _seal(intake, table=FIELD_TABLE, field="index", seq=0, payload=json.dumps(index), keys=keys),
        _seal(intake, table=FIELD_TABLE, field="choices", seq=0, payload=json.dumps(dict(choices)), keys=keys),
        *_typed(filled["sealed"]),
    ]
    consent = _consent(intake, filled["consent"], wording=wording, keys=keys, organisation=organisation)
    binding = Binding.of(
        case_id=UUID(hex=intake["case_id"]),
        public_key=_bytes(intake["public_key"]),
        code_tag=code_keys.tag,
        reply_public_key=code_keys.public_key,
    )
    submission = Submission(
        submission_id=f"tg-{update_id}",
        case_id=UUID(hex=intake["case_id"]),
        organisation_id=UUID(organisation.organisation_id),
        epoch=intake["epoch"],
        public_key=_bytes(intake["public_key"]),
        sealed_private_key=Sealed(_bytes(intake["sealed_private_key"])),
        fields=tuple(fields),
        consents=(consent,),
        code_tag=code_keys.tag,
        reply_public_key=code_keys.public_key,
        binding=sign_binding(binding, signing_key=keys.bot_signing_key),
        route_tag=route_tag(chat_id, index_key=keys.index_key) if push else None,
        route_box=_route(intake, filled, chat_id, choices.get("language", language), keys) if push else None,
        urgency=Urgency(urgency),
        day=today(),
    )
    return {"submission": submission_to_json(submission), "code": code}


def seal_message(*, case_id: UUID, public_key: bytes, update_id: int, text: str, keys: GatewayKeys) -> SealedField:
    """Encrypt and sign a later message to an open case; its number is the update's, so that it comes only once."""
    intake = {"case_id": case_id.hex, "public_key": _text(public_key)}
    return _seal(intake, table=MESSAGE_TABLE, field="from_person", seq=update_id, payload=text, keys=keys)


def seal_consent(
    *, case_id: UUID, public_key: bytes, seq: int, details: Mapping[str, object], keys: GatewayKeys
) -> SealedField:
    """Encrypt and sign the details of a consent that is given after the intake."""
    intake = {"case_id": case_id.hex, "public_key": _text(public_key)}
    return _seal(intake, table=CONSENT_TABLE, field="details", seq=seq, payload=json.dumps(details), keys=keys)


def _seal(
    intake: Mapping[str, Any], *, table: str, field: str, seq: int, payload: str, keys: GatewayKeys
) -> SealedField:
    context = RecordContext(case_id=UUID(hex=intake["case_id"]), table=table, field=field, seq=seq)
    sealed = seal_record(public_key=_bytes(intake["public_key"]), context=context, payload=payload, day=today())
    signature = sign_record(signing_key=keys.bot_signing_key, context=context, sealed=sealed)
    return SealedField(table=table, field=field, seq=seq, sealed=sealed, signature=signature)


def _typed(held: Mapping[str, list[str]]) -> list[SealedField]:
    fields = []
    for name, envelopes in held.items():
        for numbered in envelopes:
            seq, _, envelope = numbered.partition(".")
            sealed, signature = unpack_envelope(envelope)
            fields.append(SealedField(FIELD_TABLE, name, int(seq), sealed, signature))
    return fields


def _consent(
    intake: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    wording: Mapping[str, str],
    keys: GatewayKeys,
    organisation: Organisation,
) -> ConsentGiven:
    details = {
        "language": wording["language"],
        "given_at": given["given_at"],
        "wording_blake2b": wording["blake2b"],
        "shared": list(ITEMS),  # the organisation that is asked for help reads all of it
        "withheld": [],
    }
    scope = ConsentScope(given["scope"])
    expires_day = today() + dt.timedelta(days=CONSENT_DAYS)
    terms = consent_terms(
        recipient=organisation.organisation_id,
        purpose=SERVICE,
        scope=scope,
        expires_day=expires_day,
        wording_version=wording["version"],
    )
    payload = with_terms(details, terms)
    return ConsentGiven(
        wording_version=wording["version"],
        recipient=organisation.organisation_id,
        purpose=SERVICE,
        given_day=today(),
        expires_day=expires_day,
        scope=scope,
        details=_seal(intake, table=CONSENT_TABLE, field="details", seq=0, payload=payload, keys=keys),
    )


def safe_contact(choices: Mapping[str, str], typed: Mapping[str, Any]) -> SafeContact:
    """Return the contract that the person chose; words of their own bind until a caseworker has read them."""
    hours = TYPED if typed.get("safe_time") else choices.get("safe_time", ANY)
    return SafeContact(hours=hours, wording=FULL if choices.get("contact") == "push_text" else NOTICE)


def _route(
    intake: Mapping[str, Any], filled: Mapping[str, Any], chat_id: int, language: str, keys: GatewayKeys
) -> bytes:
    return seal_route(
        chat_id,
        route_key=keys.route_key,
        case_public_key=_bytes(intake["public_key"]),
        case_id=UUID(hex=intake["case_id"]),
        language=language,
        safe_contact=safe_contact(filled["choices"], filled["sealed"]),
    )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
