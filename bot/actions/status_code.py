"""Tell what has happened to the request behind a code."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.case_view import tell
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import CaseStatusView, mark_pull_read, status_for_code

logger = logging.getLogger(__name__)


class ActionStatusCode(Action):
    """Show the request and its replies; a wrong, expired or erased code gets one and the same answer."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_status_code"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        tag = turn.tag("code_tag")
        try:
            view = await in_transaction(lambda session: None if tag is None else _read(session, tag))
        except SQLAlchemyError as error:
            logger.exception("A status could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if view is None:
            turn.say("code_unknown")
        else:
            tell(turn, view)
        return []


def _read(session: Session, tag: bytes) -> CaseStatusView | None:
    view = status_for_code(session, code_tag=tag)
    if view is not None and view.pull_replies:
        mark_pull_read(session, code_tag=tag, reply_ids=[reply.id for reply in view.pull_replies])
    return view
