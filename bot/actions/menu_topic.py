"""Show the questions of one topic."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.menu import ActionMenu
from bot.actions.turn import Turn
from bot.intents import load_catalogue


class ActionMenuTopic(Action):
    """Show one button for each answer of the topic."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_menu_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it; a topic that does not exist leads to the topics."""
        turn = Turn(tracker, dispatcher)
        if turn.value not in load_catalogue().menu_topics:
            return ActionMenu().run(dispatcher, tracker, domain)
        topic = str(turn.value)
        rows = [[turn.intent_button(intent)] for intent in turn.with_words(load_catalogue().of_topic(topic))]
        rows.append([turn.button("menu", "btn_all_topics"), turn.button(f"request_help:{topic}", "btn_talk")])
        turn.say("menu_topic", values={"topic": turn.label(f"topic:{topic}")}, rows=rows)
        return []
