"""Answer short words, which mean something else while the form is open."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn

TEXTS = {"none_of_these": "not_helpful"}


class ActionSmallTalk(Action):
    """Say the text of a short word; inside the form, point to its buttons instead."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        turn.say("intake_reask" if turn.in_form else TEXTS.get(turn.intent, turn.intent))
        return []
