"""What people type that must not go on as it is: answers of the form, messages to caseworkers, codes."""

import base64
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.gateway.codes import Wait
from bot.gateway.genuine import key_of_case
from bot.gateway.sealing import begin_intake, seal_message, seal_typed, today
from referral import field_to_json
from referral.crypto import CODE_DIGITS, CodeKeys, code_digits, seal_on_call
from referral.errors import ForgedRecord

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)


async def seal_answer(conversation: "Conversation", field: str) -> None:
    """Encrypt an answer of the form, then take the form's next step with it."""
    chat, gateway = conversation.chat, conversation.gateway
    if chat.intake is None:
        chat.intake = begin_intake(gateway.organisation)
    envelope = seal_typed(chat.intake, field=field, text=conversation.incoming.text, keys=gateway.keys)
    conversation.save()  # Rasa may keep the envelope although we stop before it answers: its key and number must stay
    await conversation.turn("payload", "sealed", {"sealed": {"field": field, "envelope": envelope}})


async def send_message(conversation: "Conversation", expect: str) -> None:
    """Encrypt a message to the key of an open request, then have it stored."""
    _, case, address = expect.split(":")
    update_id = conversation.incoming.update_id
    try:
        key = key_for(conversation, UUID(hex=case), address)
    except ForgedRecord as error:
        logger.error("A message was not sealed: %s", error)
        await conversation.say("request_gone")
        return
    field = seal_message(
        case_id=UUID(hex=case),
        public_key=key,
        update_id=update_id,
        text=conversation.incoming.text,
        keys=conversation.gateway.keys,
    )
    message = {
        "case_id": case,
        "message_id": f"tg-{update_id}",
        "field": field_to_json(field),
        "day": today().isoformat(),
    }
    await conversation.turn("payload", "case_message", {"message": message})


async def try_code(conversation: "Conversation") -> None:
    """Look a code up. Every 16 digits go the same way, so that neither words nor time tell why a code is not right."""
    digits, codes = code_digits(conversation.incoming.text), conversation.gateway.codes
    if len(digits) != CODE_DIGITS:
        await conversation.say("code_ask")
        conversation.chat.expect = "code"
        return
    keys = await codes.derive(conversation.sender, digits, update_id=conversation.incoming.update_id)
    if isinstance(keys, Wait):
        await conversation.say("code_too_often", seconds=keys.seconds)
        conversation.chat.expect = "code"
        return
    on_call = seal_on_call(
        conversation.incoming.chat_id,
        route_key=conversation.gateway.keys.route_key,
        language=conversation.language,
    )
    along = {"code_tag": text_of(keys.tag), "on_call_box": text_of(on_call)}
    answer = await conversation.turn("payload", "status_code", along, code=keys)
    said = [message["custom"] for message in answer["messages"]]
    for custom in said:
        if custom.get("case"):
            _remember(conversation, keys, custom)
    codes.answered(conversation.sender, right=any(custom.get("case") or custom.get("on_call") for custom in said))


def key_for(conversation: "Conversation", case_id: UUID, address: str, *, code: CodeKeys | None = None) -> bytes:
    """Return the key to which something of this chat may be sealed for a request; raise `ForgedRecord`."""
    proven = conversation.gateway.codes.proven(conversation.sender)
    return key_of_case(
        case_id,
        address,
        chat_id=conversation.incoming.chat_id,
        code=code or (proven.keys if proven else None),
        keys=conversation.gateway.keys,
        manifest=conversation.gateway.organisation.manifest,
    )


def _remember(conversation: "Conversation", keys: CodeKeys, custom: dict[str, Any]) -> None:
    """Keep a code that led to a request, with the request's key if it is the one that the bot gave it."""
    case_id = UUID(hex=custom["case"])
    try:
        case_key = key_for(conversation, case_id, custom["address"], code=keys)
    except ForgedRecord as error:
        logger.error("A code was not believed: %s", error)
        return
    conversation.gateway.codes.remember(conversation.sender, keys, case_id=case_id, case_public_key=case_key)


def text_of(value: bytes) -> str:
    """Return bytes as text for JSON."""
    return base64.urlsafe_b64encode(value).decode()
