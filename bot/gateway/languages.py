"""The first meeting and the choice of the language, which the gateway keeps by itself."""

from typing import TYPE_CHECKING

from bot.intents import Payload

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation


async def start(conversation: "Conversation") -> None:
    """Greet; offer the languages first to somebody who has not chosen one."""
    if not conversation.chat.chosen:
        locales = conversation.gateway.locales
        lines = [f"🌐 {locales.text('choose_language', code)}" for code in locales.languages]
        await conversation.send("\n".join(lines), locales.language_rows("language:"))
    await conversation.say("welcome")


async def offer_languages(conversation: "Conversation") -> None:
    """Show a button for each language."""
    locales = conversation.gateway.locales
    text = locales.text("language_ask", conversation.language)
    await conversation.send(text, locales.language_rows("language:"))


async def set_language(conversation: "Conversation", code: str) -> None:
    """Go on in a language; an open form asks its question again in it."""
    if code not in conversation.gateway.locales.languages:
        await conversation.say("button_old")
        return
    chat, first = conversation.chat, not conversation.chat.chosen
    chat.language, chat.chosen = code, True
    conversation.save()
    await conversation.say("language_set")
    if chat.intake is not None:
        await conversation.turn("payload", str(Payload("show_language", "kept")), {})
    elif first:
        await conversation.say("welcome")
