"""What people type that must not go on as it is: answers of the form, messages to caseworkers, codes."""

import base64
from typing import TYPE_CHECKING
from uuid import UUID

from bot.gateway.codes import Wait
from bot.gateway.sealing import begin_intake, seal_message, seal_typed, today
from referral import field_to_json
from referral.crypto import CODE_DIGITS, code_digits, seal_on_call

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation


async def seal_answer(conversation: "Conversation", field: str) -> None:
    """Encrypt an answer of the form, then take the form's next step with it."""
    chat, gateway = conversation.chat, conversation.gateway
    if chat.intake is None:
        chat.intake = begin_intake(gateway.organisation)
    envelope = seal_typed(chat.intake, field=field, text=conversation.incoming.text, keys=gateway.keys)
    await conversation.turn("payload", "sealed", {"sealed": {"field": field, "envelope": envelope}})


async def send_message(conversation: "Conversation", expect: str) -> None:
    """Encrypt a message to the key of an open request, then have it stored."""
    _, case, key = expect.split(":")
    update_id = conversation.incoming.update_id
    field = seal_message(
        case_id=UUID(hex=case),
        public_key=base64.urlsafe_b64decode(key),
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
            case_key = base64.urlsafe_b64decode(custom["key"])
            codes.remember(conversation.sender, keys, case_id=UUID(hex=custom["case"]), case_public_key=case_key)
    codes.answered(conversation.sender, right=any(custom.get("case") or custom.get("on_call") for custom in said))


def text_of(value: bytes) -> str:
    """Return bytes as text for JSON."""
    return base64.urlsafe_b64encode(value).decode()
