"""Let the answers to a request come to the chat in which its code was typed."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import named_case
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import link_chat

logger = logging.getLogger(__name__)


class ActionLinkChat(Action):
    """Replace the way to the former chat by one to this chat, which the gateway has sealed; the code proves it."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_link_chat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        if turn.tag("code_tag") is None or turn.tag("route_box") is None:
            turn.say("code_needed")
            return []
        try:
            done = await in_transaction(lambda session: _do(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A chat could not be linked: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        turn.say("link_done" if done else "request_gone")
        return []


def _do(session: Session, turn: Turn) -> bool:
    code, tag, box = turn.tag("code_tag"), turn.tag("route_tag"), turn.tag("route_box")
    view = named_case(session, turn)
    if view is None or code is None or tag is None or box is None:
        return False
    return link_chat(session, case_id=view.case_id, proof=code, route_tag=tag, route_box=box)
