"""What Rasa answers: texts with buttons to the person, directives for the gateway."""

import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.gateway.exit import quick_exit
from bot.gateway.feedback_rows import rows_below
from bot.gateway.genuine import letter_under_code
from bot.gateway.questions import Question, show_question
from bot.gateway.sealing import begin_intake
from bot.gateway.typed import key_for
from bot.gateway.wording import note_shown
from bot.i18n import Button
from referral.crypto import CodeKeys, Sealed
from referral.errors import ForgedRecord, RecordMismatch, SealBroken

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)
OFFER_FROM = 0.9
OFFER_WORDS = 3
CODE_PLACE = "{code}"
SAME = "same"  # what the next typed message means stays as it is


async def show(conversation: "Conversation", answer: dict[str, Any], *, code: CodeKeys | None = None) -> None:
    """Send the messages of one turn in order and do what they ask of the gateway.

    What the next typed message means is decided by the last message that says so; a turn that says nothing of it ends
    the expectation. An old button does not: whoever is telling their story must not be read because of it.
    """
    messages = answer["messages"]
    expect = next((m["custom"]["expect"] for m in reversed(messages) if m["custom"].get("expect")), None)
    for number, message in enumerate(messages, start=1):
        await _directives(conversation, message["custom"])
        rows = [[Button(b["title"], b["payload"]) for b in row] for row in message["buttons"]]
        if number == len(messages):
            rows += _switch_offer(conversation, answer["understood"])
        rows += rows_below(conversation, message["custom"])
        if message["text"]:
            await _say(conversation, message, rows)
        await _pull_replies(conversation, message["custom"], code)
        if message["custom"].get("announce"):
            conversation.announced()
    if expect != SAME:
        conversation.chat.expect = expect
    conversation.save()
    for message in messages:
        await _last_directives(conversation, message["custom"])


async def _directives(conversation: "Conversation", custom: dict[str, Any]) -> None:
    chat = conversation.chat
    if custom.get("intake") == "open" and chat.intake is None:
        chat.intake = begin_intake(conversation.gateway.organisation)
    if custom.get("intake") == "closed" and not custom.get("announce"):
        chat.intake = chat.pending = None
    if custom.get("submission"):
        chat.pending = custom["submission"]
    if custom.get("answered"):
        conversation.gateway.state.drop_question(conversation.sender, custom["answered"])


async def _last_directives(conversation: "Conversation", custom: dict[str, Any]) -> None:
    chat = conversation.chat
    if custom.get("language"):
        chat.language, chat.chosen = custom["language"], True
        await conversation.say("language_set")
    if custom.get("forget"):
        language = chat.language
        conversation.gateway.state.forget(conversation.sender)
        conversation.gateway.codes.forget(conversation.sender)
        conversation.gateway.gaps.forget(conversation.sender)
        chat.__dict__.update(type(chat)().__dict__)
        chat.language = language
        await conversation.gateway.rasa.forget(sender=conversation.sender)
    if custom.get("exit"):
        await quick_exit(conversation)


def _with_code(conversation: "Conversation", message: dict[str, Any]) -> str:
    """Put the code in its place: it is known here alone, and only once the referral is committed."""
    text: str = message["text"]
    pending = conversation.chat.pending or {}
    if not message["custom"].get("announce") or "built" not in pending:
        return text
    code = pending["built"]["code"]
    return text.replace(CODE_PLACE, " ".join(code[i : i + 4] for i in range(0, len(code), 4)))


async def _pull_replies(conversation: "Conversation", custom: dict[str, Any], code: CodeKeys | None) -> None:
    """Show what waits under the code that was typed: replies, and the questions that are not answered yet."""
    proven = conversation.gateway.codes.proven(conversation.sender)
    keys = code or (proven.keys if proven else None)
    if keys is None:
        return
    for reply in custom.get("replies", []):
        try:
            await _pull_reply(conversation, custom, keys, Sealed.from_text(reply["sealed"]))
        except (ForgedRecord, RecordMismatch, SealBroken) as error:
            logger.error("A reply under a code was refused: %s", error)


async def _pull_reply(conversation: "Conversation", custom: dict[str, Any], keys: CodeKeys, sealed: Sealed) -> None:
    manifest, case_id = conversation.gateway.organisation.manifest, UUID(hex=custom["case"])
    body = letter_under_code(sealed, private_key=keys.private_key, case_id=case_id, manifest=manifest)
    if body["kind"] != "consent":
        await conversation.say("status_reply", text=body["text"])
    elif body["request_id"] in custom["questions"]:
        case_key = key_for(conversation, case_id, custom["address"], code=keys)
        await show_question(conversation, Question.from_body(body, case_public_key=case_key))


def _switch_offer(conversation: "Conversation", understood: dict[str, Any]) -> list[list[Button]]:
    """Offer the language of the message when it is surely another one; never switch by itself."""
    spoken, seen = conversation.chat.language, understood.get("language")
    words = len(conversation.incoming.text.split())
    sure = understood.get("language_confidence", 0.0) >= OFFER_FROM and words >= OFFER_WORDS
    if not sure or seen in {None, spoken} or seen not in conversation.gateway.locales.languages:
        return []
    return [[Button(f"🌐 {conversation.gateway.locales.languages[seen].name}", f"language:{seen}")]]


async def _say(conversation: "Conversation", message: dict[str, Any], rows: list[list[Button]]) -> None:
    text = _with_code(conversation, message)
    message_id = await conversation.send(text, rows)
    if message["custom"].get("wording"):
        note_shown(conversation.chat, message_id, message["custom"]["wording"], text)
