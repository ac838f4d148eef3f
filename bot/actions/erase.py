"""Delete a request."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import erase_own, named_case, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn

logger = logging.getLogger(__name__)


class ActionErase(Action):
    """Destroy the request's keys and everything in it, if it is the person's own."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_erase"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        try:
            receipt = await in_transaction(lambda session: _do(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A request could not be changed: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if receipt is None:
            turn.say("request_gone")
        else:
            turn.say("erase_done", values={"receipt": receipt})
        return []


def _do(session: Session, turn: Turn) -> str | None:
    """Erase it; return the number of the receipt, None when it is not the person's own."""
    view = named_case(session, turn)
    return None if view is None else erase_own(session, view.case_id, proofs(turn))
