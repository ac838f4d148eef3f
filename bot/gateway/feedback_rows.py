"""The buttons below an answer that take what the person thinks of it.

They stand last: related answers, a person, the topics and another language come first, because somebody who was not
helped needs those more than we need to know it. In an open form there are none: nothing must lead away from it. Danger
cards have none either: they are the first thing on the screen, under forty words, with the number to call and a way
out, and a report helps nobody at that moment. Each of their numbers stands in answers too, where it can be reported.
"""

from typing import TYPE_CHECKING, Any

from bot.doubted import phones_in
from bot.i18n import Button
from referral.feedback.noting import UNKNOWN_VERSION

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation


def rows_below(conversation: "Conversation", custom: dict[str, Any]) -> list[list[Button]]:
    """Return the rows below an answer; none below another message."""
    intent = custom.get("answer")
    if intent is None or conversation.chat.intake is not None:
        return []
    locales, language = conversation.gateway.locales, conversation.language
    version = custom.get("version") or UNKNOWN_VERSION
    rows = [
        [
            Button(locales.label("btn_helped", language), f"helped:{intent}:{version}"),
            Button(locales.label("btn_not_helped", language), f"not_helped:{intent}:{version}"),
        ]
    ]
    if phones_in(locales, locales.answers[intent]["text"]):
        rows.append([Button(locales.label("btn_number_wrong", language), f"number_wrong:{intent}")])
    return rows
