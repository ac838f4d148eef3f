"""Go on without a request, because the person does not agree."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import intake
from bot.actions.turn import Turn


class ActionRefuseConsent(Action):
    """Forget everything that was answered and say whom else one can call."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_refuse_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the emptied slots."""
        Turn(tracker, dispatcher).say("consent_refused", directives={"intake": "closed"})
        return [SlotSet(name, value) for name, value in intake.empty().items()]
