"""Take one step of the intake form."""

import datetime as dt
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import intake
from bot.actions.turn import Turn


class ValidateReferralForm(Action):
    """Fill the slots that the latest step answers.

    A step that answers nothing leaves all slots alone; the form then steps aside, the question is answered by its own
    rule, and the form asks again. Consent is taken from its own button only.
    """

    def name(self) -> str:
        """Return the name that Rasa calls for the form."""
        return "validate_referral_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the changed slots."""
        turn = Turn(tracker, dispatcher)
        now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="minutes")
        changes = intake.step(tracker.current_slot_values(), intent=turn.intent, metadata=turn.metadata, now=now)
        if changes.get("intake_age") == intake.UNDER_18 and tracker.get_slot("intake_about") == intake.OTHER:
            turn.say("minor_note")  # a minor who writes for themselves reads it in their consent
        return [SlotSet(name, value) for name, value in changes.items()]
