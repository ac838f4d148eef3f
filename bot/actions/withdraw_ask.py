"""Ask before a request is taken back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn


class ActionWithdrawAsk(Action):
    """Ask once more, because it cannot be undone."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_withdraw_ask"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it; the next step checks whose request it is."""
        turn = Turn(tracker, dispatcher)
        rows = [
            [turn.button(f"withdraw_yes:{turn.value}", "btn_yes_withdraw")],
            [turn.button("case_status", "btn_keep")],
        ]
        turn.say("withdraw_ask", rows=rows)
        return []
