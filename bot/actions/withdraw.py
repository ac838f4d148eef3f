"""Take a request back."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import named_case, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import withdraw

logger = logging.getLogger(__name__)


class ActionWithdraw(Action):
    """End the consent and close the request to staff, if it is the person's own."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_withdraw"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        try:
            done = await in_transaction(lambda session: _do(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A request could not be changed: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        turn.say("withdraw_done" if done else "request_gone")
        return []


def _do(session: Session, turn: Turn) -> bool:
    view = named_case(session, turn)
    return view is not None and any(withdraw(session, case_id=view.case_id, proof=proof) for proof in proofs(turn))
