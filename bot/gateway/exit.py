"""Quick exit: wipe what Telegram lets us wipe, forget the conversation, say honestly what is left."""

import logging
from typing import TYPE_CHECKING

from bot.gateway.rasa_client import RasaUnavailable

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)


async def quick_exit(conversation: "Conversation") -> None:
    """Delete the messages of both sides of the last 48 hours, then forget the chat.

    A Rasa that does not answer is no reason to wait: it holds conversations in memory only, and loses them when it
    is down.
    """
    gateway, incoming, sender = conversation.gateway, conversation.incoming, conversation.sender
    language = conversation.language
    complete = await gateway.sender.delete(incoming.chat_id, gateway.state.messages(sender))
    gateway.state.forget(sender)
    gateway.codes.forget(sender)
    gateway.gaps.forget(sender)
    conversation.chat.__dict__.update(type(conversation.chat)().__dict__)
    text = gateway.locales.text("exit_done" if complete else "exit_partly", language)
    await gateway.sender.say(incoming.chat_id, sender, text)
    try:
        await gateway.rasa.forget(sender=sender)
    except RasaUnavailable as error:
        logger.warning("Rasa could not be told to forget a conversation (%s); it expires by itself.", error)
