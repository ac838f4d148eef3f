"""Steps that carry more than their button says: what the gateway alone can make is sent along, sealed.

Each function returns what goes along to the action, or None when the step cannot be taken any more.
"""

import base64
import time
from typing import TYPE_CHECKING, Any

from bot.gateway import questions, wording
from bot.gateway.sealing import build_submission
from bot.intents import Payload
from referral.crypto import seal_route
from referral.safe_contact import SafeContact

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

DANGER_HOURS = 24
CONCERN_TOPICS = frozenset({"trafficking", "violence"})
OLD_BUTTONS = {
    "consent_give": "button_old",
    "consent_yes": "consent_question_over",
    "consent_no": "consent_question_over",
}


def along(conversation: "Conversation", payload: Payload) -> dict[str, Any] | None:
    """Return what goes along with a pressed button; None when the button is no longer in use."""
    match payload.intent:
        case "consent_give":
            fits = wording.note_agreed(conversation.chat, conversation.incoming.message_id, payload)
            conversation.save()
            return {} if fits else None
        case "referral_send":
            submission = _submission(conversation)
            return {} if submission is None else {"submission": submission}
        case "consent_yes" | "consent_no":
            answer = questions.answer(conversation, payload)
            return None if answer is None else {"answer": answer}
        case "link_chat":
            return _link(conversation, payload)
        case _:
            return {}


def _submission(conversation: "Conversation") -> dict[str, Any] | None:
    """Return the referral to be opened, built once and kept until it is announced, so that a retry is the same."""
    chat, gateway = conversation.chat, conversation.gateway
    pending = chat.pending
    if pending is None or chat.intake is None:
        return None
    if "built" not in pending:
        agreed = wording.agreed(chat, pending["consent"].get("scope"))
        if agreed is None:
            return None
        recent = time.time() - chat.danger_at < DANGER_HOURS * 3600
        concern = pending["choices"].get("topic") in CONCERN_TOPICS
        pending["built"] = build_submission(
            chat.intake,
            pending,
            update_id=conversation.incoming.update_id,
            chat_id=conversation.incoming.chat_id,
            language=conversation.language,
            urgency="danger" if recent else "concern" if concern else "normal",
            wording=agreed,
            keys=gateway.keys,
            organisation=gateway.organisation,
        )
        conversation.save()
    submission: dict[str, Any] = pending["built"]["submission"]
    return submission


def _link(conversation: "Conversation", payload: Payload) -> dict[str, Any]:
    """Return the way to this chat, made from the request that a code has just been typed for; nothing without one."""
    proven = conversation.gateway.codes.proven(conversation.sender)
    if proven is None or proven.case_id.hex != payload.value:
        return {}
    box = seal_route(
        conversation.incoming.chat_id,
        route_key=conversation.gateway.keys.route_key,
        case_public_key=proven.case_public_key,
        case_id=proven.case_id,
        language=conversation.language,
        safe_contact=SafeContact(),
    )
    return {"route_box": base64.urlsafe_b64encode(box).decode()}
