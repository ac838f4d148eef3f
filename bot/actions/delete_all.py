"""Delete what is stored about the person."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import erase_own, own_cases, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn

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
            receipts = await in_transaction(lambda session: _erase_all(session, turn))
        except SQLAlchemyError as error:
            logger.exception("Requests could not be deleted: %s", type(error).__name__)
            turn.say("delete_failed")
            return []
        turn.say(
            "delete_done" if receipts else "delete_done_none",
            values={"count": len(receipts), "receipts": ", ".join(receipts)},
            directives={"forget": True, "intake": "closed"},
        )
        return []


def _erase_all(session: Session, turn: Turn) -> list[str]:
    """Erase what is the person's own; return the numbers of the receipts."""
    erased = [erase_own(session, view.case_id, proofs(turn)) for view in own_cases(session, turn)]
    return [receipt for receipt in erased if receipt is not None]
