"""Ask before a request is deleted."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionEraseAsk(Action):
    """Ask once more, because it cannot be undone."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_erase_ask"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it; the next step checks whose request it is."""
        turn = Turn(tracker, dispatcher)
        rows = [[turn.button(f"erase_yes:{turn.value}", "btn_yes_erase")], [turn.button("case_status", "btn_keep")]]
        turn.say("erase_ask", rows=rows)
        return []
