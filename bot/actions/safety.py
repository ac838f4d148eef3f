"""Answer a message that speaks of danger when the understanding, not the gate, has seen it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionSafety(Action):
    """Show the emergency card, unless the gateway's gate has just shown it; then say how to reach a person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_safety"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        if turn.metadata.get("danger") is None:
            turn.say(f"card_{turn.intent}")
        turn.say("danger_follow_up")
        return []
