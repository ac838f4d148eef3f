"""Show the topics, and the questions of a topic."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn
from bot.intents import load_catalogue


class ActionMenu(Action):
    """Show the topics: two taps lead to any answer."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_menu"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        rows = [[turn.button(f"menu_topic:{topic}", f"topic:{topic}")] for topic in load_catalogue().menu_topics]
        rows += [
            [turn.intent_button("self_check"), turn.button("request_help", "btn_talk")],
            [turn.intent_button("case_status"), turn.button("show_language", "btn_language")],
            [turn.button("quick_exit", "btn_exit")],
        ]
        turn.say("menu", rows=rows)
        return []
