"""Ask for a message to the caseworker."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.case_view import OPEN
from bot.actions.cases import named_case
from bot.actions.database import in_transaction
from bot.actions.turn import Turn

logger = logging.getLogger(__name__)


class ActionWriteCase(Action):
    """Tell the gateway to encrypt the next message to the request's key."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_write_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it, or that the request is no longer open."""
        turn = Turn(tracker, dispatcher)
        try:
            view = await in_transaction(lambda session: named_case(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A request could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if view is None or view.status not in OPEN:
            turn.say("request_gone")
            return []
        turn.say("message_ask", directives={"expect": f"message:{view.case_id.hex}:{view.address}"})
        return []
