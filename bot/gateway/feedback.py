"""What people say of an answer with the buttons below it. The gateway takes it alone: Rasa never hears of it."""

import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.database import in_database
from bot.gateway.sealing import today
from bot.gateway.wrong_numbers import ask_which, take_report
from bot.intents import Payload
from referral.feedback.noting import UNKNOWN_VERSION, ShownAnswer, note_feedback
from referral.feedback.person import Person

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)
FEEDBACK = frozenset({"helped", "not_helped", "number_wrong", "number_wrong_fact"})


async def take_feedback(conversation: "Conversation", payload: Payload) -> None:
    """Store what a pressed button says and thank for it; say so when it cannot be stored."""
    value = payload.value or ""
    try:
        match payload.intent:
            case "helped" | "not_helped":
                intent, _, version = value.partition(":")
                answer = ShownAnswer(intent, conversation.language, version or UNKNOWN_VERSION)
                await _note(conversation, answer, helpful=payload.intent == "helped")
            case "number_wrong":
                await ask_which(conversation, value)
            case "number_wrong_fact":
                await take_report(conversation, value)
    except SQLAlchemyError as error:
        logger.error("What a person said of an answer cannot be stored (%s); they are told.", type(error).__name__)
        await conversation.say("feedback_failed")


async def _note(conversation: "Conversation", answer: ShownAnswer, *, helpful: bool) -> None:
    gateway = conversation.gateway
    person = Person(conversation.incoming.chat_id, gateway.keys.index_key)
    new = await in_database(gateway.engine, note_feedback, person=person, answer=answer, helpful=helpful, day=today())
    if not helpful:
        gateway.gaps.not_helped(conversation, answer.intent)
    if not new:
        await conversation.say("feedback_before")
    elif helpful:
        await conversation.say("feedback_helped")
    else:
        await conversation.say("feedback_not_helped")
