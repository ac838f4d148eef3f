"""Open the referral. This action alone says that a request was stored, because it alone knows."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions import intake
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import BadSubmission, ReferralError, open_referral, submission_from_json

logger = logging.getLogger(__name__)


class ActionOpenReferral(Action):
    """Commit case, consent and staff notice in one transaction, and announce the code.

    The gateway built, sealed and signed the submission and sends it with the press of the button, so that a restart of
    Rasa between the summary and the press loses nothing. The code itself is known to the gateway alone: the text has a
    place for it. Idempotent: the same submission again announces the same referral.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_open_referral"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Return the emptied form; raise nothing, but say when it failed."""
        turn = Turn(tracker, dispatcher)
        raw = turn.metadata.get("submission")
        if raw is None:
            turn.say("intake_nothing_to_send", directives={"intake": "closed"})
            return _emptied()
        try:
            submission = submission_from_json(raw)
            opened = await in_transaction(lambda session: open_referral(session, submission=submission))
        except (BadSubmission, ReferralError, SQLAlchemyError) as error:
            logger.exception("A referral could not be stored: %s", type(error).__name__)
            turn.say("intake_failed")
            return []
        push = submission.route_tag is not None
        turn.say(
            "referral_opened_push" if push else "referral_opened_pull",
            values={"code": "{code}"},
            directives={"announce": opened.case_id.hex, "intake": "closed"},
        )
        return _emptied()


def _emptied() -> list[EventType]:
    return [SlotSet(name, value) for name, value in intake.empty().items()]
