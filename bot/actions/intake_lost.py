"""Say that a restart or a long pause cut the form off."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionIntakeLost(Action):
    """Tell the person that nothing was sent or kept, and that they can begin again."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_intake_lost"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        Turn(tracker, dispatcher).say("intake_interrupted", directives={"intake": "closed"})
        return []
