"""Change the language, by button or by words."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn, locales


class ActionChangeLanguage(Action):
    """Take the language that the message names, or show all of them."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_change_language"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Tell the gateway, which keeps the choice and says so in the new language; or offer the languages."""
        turn = Turn(tracker, dispatcher)
        if turn.value in locales().languages:
            dispatcher.utter_message(json_message={"language": turn.value})
            return []
        turn.say("language_ask", rows=locales().language_rows("language:"))
        return []
