"""Go on with the open form, for a button that stands below something that came in between."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionResumeIntake(Action):
    """Leave the word to the form, which asks its question again; without one the button is old."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_resume_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say something only when no form is open."""
        turn = Turn(tracker, dispatcher)
        if not turn.in_form:
            turn.say("button_old")
        return []
