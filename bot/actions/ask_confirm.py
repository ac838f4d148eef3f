"""Show what will be sent, and ask for the last word."""

import html
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import intake
from bot.actions.turn import Turn

VALUE_LABELS = {
    "about": "about_",
    "topic": "topic_",
    "age": "age_",
    "language": "lang_",
    "gender": "gender_",
    "contact": "contact_",
}


class ActionAskConfirm(Action):
    """Show the summary; hand the sealed submission to the gateway, which signs and keeps it until it is sent."""

    def name(self) -> str:
        """Return the name that the form calls for this question."""
        return "action_ask_referral_form_intake_confirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the summary, or the list of what can be changed."""
        turn = Turn(tracker, dispatcher)
        slots = tracker.current_slot_values()
        if slots.get("intake_changing"):
            asked = [q for q in intake.CHANGEABLE if intake.is_asked(slots, q)]
            rows = [[turn.button(f"choose:change.{q}", f"sum_{q}")] for q in asked]
            turn.say("ask_change", rows=rows)
            return []
        lines = "\n".join(line for q in ("about", *intake.CHANGEABLE) if (line := _line(turn, slots, q)))
        turn.say("ask_confirm", html={"summary": lines}, directives={"submission": submission(slots)})
        return []


def submission(slots: dict[str, Any]) -> dict[str, Any]:
    """Return what the gateway needs to build the referral: choices in clear, the rest as ciphertext."""
    choices = {q: slots.get(f"{intake.PREFIX}{q}") for q in intake.CHOICES}
    chosen = {q: v for q, v in choices.items() if v in intake.CHOICES[q]}
    scope = intake.SCOPES[slots.get("intake_about") or intake.SELF]
    return {
        "choices": chosen,
        "sealed": dict(slots.get("intake_sealed") or {}),
        "consent": {"given_at": slots.get("intake_consent_at"), "scope": scope},
    }


def _line(turn: Turn, slots: dict[str, Any], question: str) -> str | None:
    value = slots.get(f"{intake.PREFIX}{question}")
    if value == intake.NOT_ASKED or (question == "about" and value == intake.SELF):
        return None
    return f"• {_escaped(turn, f'sum_{question}')}: {_escaped(turn, _value_label(question, value))}"


def _value_label(question: str, value: object) -> str:
    if value == intake.LOCKED:
        return "sum_locked"
    if value in intake.CHOICES.get(question, ()):
        return f"{VALUE_LABELS.get(question, 'time_')}{value}"
    return "sum_skipped"


def _escaped(turn: Turn, label: str) -> str:
    return html.escape(turn.label(label), quote=False)
