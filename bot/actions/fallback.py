"""Ask which of three things was meant, or say plainly that it was not understood."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Turn
from bot.intents import TECHNICAL


class ActionFallback(Action):
    """Handle a message that no rule takes; inside the form it never asks "did you mean"."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_fallback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what fits; a step that no rule takes is taken back, so that it cannot disturb the next one."""
        turn = Turn(tracker, dispatcher)
        choices = turn.with_words(turn.metadata.get("choices") or [])
        if turn.intent in TECHNICAL:
            turn.say("button_old", directives={"expect": "same"})
            return [UserUtteranceReverted()]
        if turn.in_form:
            turn.say("intake_reask")
        elif choices:
            rows = [[turn.intent_button(intent)] for intent in choices]
            rows.append([turn.button("none_of_these", "btn_none_of_these"), turn.button("request_help", "btn_talk")])
            turn.say("fallback_choose", rows=rows)
        else:
            turn.say("fallback_sorry")
        return []
