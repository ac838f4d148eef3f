"""Questions for consent that a caseworker puts: shown, kept until they are answered, and the answer sealed."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.gateway.keys import GatewayKeys
from bot.gateway.sealing import seal_consent, today
from bot.gateway.wording import hash_of
from bot.i18n import Button, Locales
from bot.intents import Payload
from referral import SHARING_DAYS, ConsentGiven, ConsentScope, consent_to_json
from referral.recipients import ITEMS, SERVICE
from referral.terms import TERMS, consent_terms

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation


@dataclass(frozen=True)
class Question:
    """What was asked: whom it concerns, who would get what for what; `wording` is what was shown of it."""

    request_id: UUID
    case_id: UUID
    case_public_key: bytes
    recipient: str
    recipient_name: str
    purpose: str
    shared: tuple[str, ...]
    withheld: tuple[str, ...]
    scope: ConsentScope
    wording: Mapping[str, str]

    def __repr__(self) -> str:
        return "Question()"

    @classmethod
    def from_body(cls, body: Mapping[str, Any], *, case_public_key: bytes) -> "Question":
        """Read what the console has sent; raise `ValueError` or `KeyError` when it is not a question."""
        shared = tuple(body["shared"])
        if not shared or not set(shared) <= set(ITEMS):
            raise ValueError("A question for consent must say what would be shared.")
        return cls(
            request_id=UUID(hex=body["request_id"]),
            case_id=UUID(hex=body["case_id"]),
            case_public_key=case_public_key,
            recipient=body["recipient"],
            recipient_name=body["recipient_name"],
            purpose=body["purpose"],
            shared=shared,
            withheld=tuple(item for item in ITEMS if item not in shared),
            scope=ConsentScope(body["scope"]),
            wording={},
        )

    def to_text(self) -> str:
        """Return the question for the gateway's state."""
        return json.dumps(
            {
                "request_id": self.request_id.hex,
                "case_id": self.case_id.hex,
                "key": self.case_public_key.hex(),
                "recipient": self.recipient,
                "recipient_name": self.recipient_name,
                "purpose": self.purpose,
                "shared": self.shared,
                "scope": self.scope.value,
                "wording": dict(self.wording),
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "Question":
        """Read a question of the gateway's state."""
        raw = json.loads(text)
        question = cls.from_body(raw, case_public_key=bytes.fromhex(raw["key"]))
        return replace(question, wording=raw["wording"])


async def show_question(conversation: "Conversation", question: Question) -> None:
    """Put a question to the person; who wrote for somebody else cannot say yes for them."""
    locales, language = conversation.gateway.locales, conversation.language
    name = "consent_asked_proxy" if question.scope is ConsentScope.PROXY else "consent_asked"
    text = locales.text(name, language, **_values(question, locales, language)).strip()
    wording = {"version": locales.version("consent_asked") or "", "language": language, "blake2b": hash_of(text)}
    shown = replace(question, wording=wording)
    conversation.gateway.state.keep_question(conversation.sender, question.request_id.hex, shown.to_text())
    yes = [Button(locales.label("btn_consent_yes", language), f"consent_yes:{question.request_id.hex}")]
    no = [Button(locales.label("btn_consent_no", language), f"consent_no:{question.request_id.hex}")]
    await conversation.send(text, [no] if question.scope is ConsentScope.PROXY else [yes, no])


def answer(conversation: "Conversation", payload: Payload) -> dict[str, Any] | None:
    """Return a question's answer for the action that stores it; None when the question is not known here any more."""
    kept = conversation.gateway.state.question(conversation.sender, payload.value or "")
    if kept is None:
        return None
    question, says_yes = Question.from_text(kept), payload.intent == "consent_yes"
    if says_yes and question.scope is ConsentScope.PROXY:
        return None
    consent = _consent(question, conversation.incoming.update_id, conversation.gateway.keys) if says_yes else None
    return {
        "request_id": question.request_id.hex,
        "case_id": question.case_id.hex,
        "consent": None if consent is None else consent_to_json(consent),
    }


def _values(question: Question, locales: Locales, language: str) -> dict[str, object]:
    def listed(items: tuple[str, ...]) -> str:
        comma = "، " if locales.languages[language].rtl else ", "
        return comma.join(locales.label(f"item_{item}", language) for item in items or ("none",))

    purpose = "service" if question.purpose == SERVICE else "support"
    minor = question.scope is ConsentScope.MINOR
    return {
        "recipient": question.recipient_name,
        "purpose": locales.label(f"purpose_{purpose}", language),
        "shared": listed(question.shared),
        "withheld": listed(question.withheld),
        "days": SHARING_DAYS,
        "note": locales.label("consent_minor", language) if minor else "",
    }


def _consent(question: Question, update_id: int, keys: GatewayKeys) -> ConsentGiven:
    expires_day = today() + dt.timedelta(days=SHARING_DAYS)
    terms = consent_terms(
        recipient=question.recipient,
        purpose=question.purpose,
        scope=question.scope,
        expires_day=expires_day,
        wording_version=question.wording["version"],
    )
    details = {
        TERMS: terms,
        "language": question.wording["language"],
        "given_at": dt.datetime.now(tz=dt.UTC).isoformat(timespec="minutes"),
        "wording_blake2b": question.wording["blake2b"],
        "recipient_name": question.recipient_name,
        "shared": list(question.shared),
        "withheld": list(question.withheld),
    }
    return ConsentGiven(
        wording_version=question.wording["version"],
        recipient=question.recipient,
        purpose=question.purpose,
        given_day=today(),
        expires_day=expires_day,
        scope=question.scope,
        details=seal_consent(
            case_id=question.case_id,
            public_key=question.case_public_key,
            seq=update_id,
            details=details,
            keys=keys,
        ),
    )
