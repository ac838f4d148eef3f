"""Wipe the chat because somebody says so in words."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher


class ActionQuickExit(Action):
    """Tell the gateway to wipe the chat; it alone knows the messages and says what could not be removed."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_quick_exit"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Send the directive without words."""
        dispatcher.utter_message(json_message={"exit": True})
        return []
