"""Say the last answer again."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn
from bot.intents import load_catalogue


class ActionRepeat(Action):
    """Repeat the answer that the person saw last in this conversation."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it, or that there is nothing to repeat; inside the form its question is asked again anyway."""
        turn = Turn(tracker, dispatcher)
        answers = set(load_catalogue().answers)
        said = (e["name"].removeprefix("utter_") for e in reversed(tracker.events) if e.get("event") == "action")
        last = next((name for name in said if name in answers), None)
        if last is not None:
            turn.say(last)
        elif turn.in_form:
            turn.say("intake_reask")
        else:
            turn.say("repeat_nothing")
        return []
