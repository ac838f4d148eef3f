"""Stop the intake form."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import intake
from bot.actions.turn import Turn


class ActionCancelIntake(Action):
    """Forget everything that was answered and say that nothing was stored."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_cancel_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the emptied slots."""
        Turn(tracker, dispatcher).say("intake_cancelled", directives={"intake": "closed"})
        return [SlotSet(name, value) for name, value in intake.empty().items()]
