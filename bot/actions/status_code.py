"""Tell what has happened to the request behind a code."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.case_view import tell
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import CaseStatusView, mark_pull_read, oncall, status_for_code, status_for_route

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What a code leads to; `comes_here` tells whether the request's answers come to this chat already."""

    view: CaseStatusView | None = None
    comes_here: bool = False
    colleague: bool = False


class ActionStatusCode(Action):
    """Show the request and its replies; a wrong, expired, withdrawn or erased code gets one and the same answer.

    A colleague's one-time code, which links their chat for messages on call, is typed in the same place.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_status_code"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        tag = turn.tag("code_tag")
        try:
            found = await in_transaction(lambda session: Found() if tag is None else _look_up(session, turn, tag))
        except SQLAlchemyError as error:
            logger.exception("A status could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if found.view is not None:
            tell(turn, found.view, offer_link=not found.comes_here)
        elif found.colleague:
            turn.say("oncall_linked", directives={"on_call": True})
        else:
            turn.say("code_unknown")
        return []


def _look_up(session: Session, turn: Turn, tag: bytes) -> Found:
    view, chat = status_for_code(session, code_tag=tag), turn.tag("route_tag")
    if view is not None:
        mark_pull_read(session, code_tag=tag, reply_ids=[reply.id for reply in view.pull_replies])
        here = () if chat is None else status_for_route(session, route_tag=chat)
        return Found(view, comes_here=any(own.case_id == view.case_id for own in here))
    box, now = turn.tag("on_call_box"), dt.datetime.now(tz=dt.UTC)
    if chat is None or box is None:
        return Found()
    return Found(colleague=oncall.pair(session, pairing_tag=tag, route_tag=chat, route_box=box, now=now))
