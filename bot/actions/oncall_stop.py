"""Stop the messages to a colleague on call."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import oncall

logger = logging.getLogger(__name__)


class ActionOncallStop(Action):
    """Forget that this chat is a colleague's."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_oncall_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        tag = turn.tag("route_tag")
        try:
            done = tag is not None and await in_transaction(lambda session: oncall.unpair(session, route_tag=tag))
        except SQLAlchemyError as error:
            logger.exception("A colleague's chat could not be unlinked: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        turn.say("oncall_stopped" if done else "oncall_none")
        return []
