"""Ask what happened; after the first message, ask whether there is more."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionAskNarrative(Action):
    """Ask for the story; people tell it in several messages."""

    def name(self) -> str:
        """Return the name that the form calls for this question."""
        return "action_ask_referral_form_intake_narrative"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the question that fits what has been told."""
        held = tracker.get_slot("intake_sealed") or {}
        Turn(tracker, dispatcher).say(
            "ask_narrative_more" if held.get("narrative") else "ask_narrative", directives={"intake": "open"}
        )
        return []
