"""Reports that a number does not work: which number, then thanks and whom to call meanwhile."""

from typing import TYPE_CHECKING

from bot.doubted import EMERGENCY, is_phone, phones_in
from bot.gateway.database import in_database
from bot.gateway.sealing import today
from bot.i18n import Button
from referral.feedback.person import Person
from referral.feedback.reporting import report_number

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation


async def ask_which(conversation: "Conversation", intent: str) -> None:
    """Ask which number of an answer does not work; with one number there is nothing to ask."""
    locales, language = conversation.gateway.locales, conversation.language
    phones = phones_in(locales, locales.answers[intent]["text"]) if intent in locales.answers else ()
    conversation.chat.wrong_below = intent if phones else None
    if not phones:
        await conversation.say("button_old")  # the answer has changed since
    elif len(phones) == 1:
        await take_report(conversation, phones[0])
    else:
        rows = [
            [Button(f"☎\u00a0{locales.facts.render(name, language)}", f"number_wrong_fact:{name}")] for name in phones
        ]
        await conversation.send(
            locales.text("number_which", language), [*rows, *locales.buttons("number_which", language)]
        )


async def take_report(conversation: "Conversation", fact: str) -> None:
    """Store a report of one number; thank for it, and say whom to call meanwhile.

    Who has reported it before is told the same: it is noted.
    """
    gateway, language = conversation.gateway, conversation.language
    if not is_phone(gateway.locales, fact):
        await conversation.say("button_old")
        return
    await in_database(
        gateway.engine,
        report_number,
        person=Person(conversation.incoming.chat_id, gateway.keys.index_key),
        fact=fact,
        language=language,
        intent=conversation.chat.wrong_below,
        day=today(),
    )
    conversation.chat.wrong_below = None
    number = gateway.locales.facts.render(fact, language)
    await conversation.say("number_reported_emergency" if fact == EMERGENCY else "number_reported", number=number)
