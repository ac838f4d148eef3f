"""Stop the sharing with somebody."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import named_sharing, proofs
from bot.actions.database import in_transaction
from bot.actions.recipients import organisation_names, recipient_name
from bot.actions.turn import Turn
from referral import Recipient, withdraw_sharing

logger = logging.getLogger(__name__)


class ActionUnshare(Action):
    """End the consent to one recipient and take their keys; the request itself goes on."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_unshare"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        try:
            ended = await in_transaction(lambda session: _do(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A sharing could not be ended: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if ended is None:
            turn.say("request_gone")
        else:
            turn.say("unshare_done", values={"recipient": recipient_name(turn, ended, organisation_names())})
        return []


def _do(session: Session, turn: Turn) -> Recipient | None:
    """End it; return with whom it was shared, None when it is not shared with them."""
    found = named_sharing(session, turn)
    if found is None:
        return None
    view, sharing = found
    done = any(
        withdraw_sharing(session, case_id=view.case_id, sharing_id=sharing.id, proof=proof) for proof in proofs(turn)
    )
    return sharing.recipient if done else None
