"""Open the intake form."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import intake
from bot.actions.turn import Turn


class ActionBeginIntake(Action):
    """Empty the form, unless it is open already; a button may name the topic."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_begin_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the emptied slots."""
        turn = Turn(tracker, dispatcher)
        if turn.in_form:
            return []
        dispatcher.utter_message(json_message={"intake": "open"})
        slots = intake.empty() | {"requested_slot": None}
        if turn.value in intake.CHOICES["topic"]:
            slots["intake_topic"] = turn.value
        return [SlotSet(name, value) for name, value in slots.items()]
