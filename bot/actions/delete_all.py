"""Delete what is stored about the person."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import own_cases, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import erase

logger = logging.getLogger(__name__)


class ActionDeleteAll(Action):
    """Erase every request that the person has a right to; the gateway then forgets conversation and settings."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_delete_all"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what was deleted."""
        turn = Turn(tracker, dispatcher)
        try:
            count = await in_transaction(lambda session: _erase_own(session, turn))
        except SQLAlchemyError as error:
            logger.exception("Requests could not be deleted: %s", type(error).__name__)
            turn.say("delete_failed")
            return []
        name = "delete_done" if count else "delete_done_none"
        turn.say(name, values={"count": count}, directives={"forget": True, "intake": "closed"})
        return []


def _erase_own(session: Session, turn: Turn) -> int:
    return sum(
        any(erase(session, case_id=view.case_id, proof=proof) for proof in proofs(turn))
        for view in own_cases(session, turn)
    )
