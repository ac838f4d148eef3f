"""Tell what has happened to the requests of this chat."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.case_view import tell
from bot.actions.cases import own_cases
from bot.actions.database import in_transaction
from bot.actions.turn import Turn

logger = logging.getLogger(__name__)


class ActionCaseStatus(Action):
    """Show every request that is linked to the chat, or ask for a code."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_case_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        try:
            views = await in_transaction(lambda session: own_cases(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A status could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        for view in views:
            tell(turn, view)
        if not views:
            turn.say("status_none")
        return []
