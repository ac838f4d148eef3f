"""What waits for a chat: shown when the person asks for it. Needs no Rasa, so that it works while Rasa is down."""

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.database import in_database
from bot.gateway.genuine import letter_to_chat, own_route
from bot.gateway.letters import reply_rows
from bot.gateway.questions import Question, show_question
from referral import outbox
from referral.crypto import route_tag
from referral.errors import ForgedRecord, RecordMismatch, SealBroken
from referral.outbox import OutboxItem

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)


async def show_item(conversation: "Conversation", item_id: UUID) -> None:
    """Show the one thing whose button was pressed; say so when it is read, too old or another chat's."""
    if await _show_unread(conversation, item_id) == 0:
        await conversation.say("reply_gone")


async def show_all(conversation: "Conversation") -> None:
    """Show everything that this chat was told of and has not read."""
    await _show_unread(conversation, None)


async def _show_unread(conversation: "Conversation", item_id: UUID | None) -> int | None:
    """Show what is unread, or one of it; return how much that was, None when nobody could look."""
    gateway = conversation.gateway
    tag = route_tag(conversation.incoming.chat_id, index_key=gateway.keys.index_key)
    try:
        items = await in_database(gateway.engine, outbox.unread, route_tag=tag, id=item_id)
        for item in items:
            await _show_genuine(conversation, item)
            await in_database(gateway.engine, outbox.mark_sent, id=item.id)  # a crash before this shows it twice
    except SQLAlchemyError as error:
        logger.error("What waits for a chat cannot be read (%s); the person is told.", type(error).__name__)
        await conversation.say("status_failed")
        return None
    return len(items)


async def _show_genuine(conversation: "Conversation", item: OutboxItem) -> None:
    """Show what a caseworker wrote for the request of this chat; what anybody else put there is not shown."""
    try:
        await _show(conversation, item)
    except (ForgedRecord, RecordMismatch, SealBroken) as error:
        logger.error("What waited for a chat was refused: %s", error)


async def _show(conversation: "Conversation", item: OutboxItem) -> None:
    gateway = conversation.gateway
    route = own_route(item.route_box, chat_id=conversation.incoming.chat_id, keys=gateway.keys)
    body = letter_to_chat(item.sealed, route=route, keys=gateway.keys, manifest=gateway.organisation.manifest)
    if body["kind"] == "consent":
        await show_question(conversation, Question.from_body(body, case_public_key=route.case_public_key))
    else:
        text = gateway.locales.text("relay_reply", conversation.language, text=body["text"])
        await conversation.send(text, reply_rows(gateway.locales, conversation.language, route.case_id))
