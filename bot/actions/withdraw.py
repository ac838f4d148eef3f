"""Take a request back."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.case_view import kept_line
from bot.actions.cases import named_case, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import CaseStatusView, withdraw

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
            done, after = await in_transaction(lambda session: _do(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A request could not be changed: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if not done:
            turn.say("request_gone")
            return []
        rows = [[turn.button("menu", "btn_menu"), turn.button("request_help", "btn_talk")]]
        if after is not None:
            rows = [[turn.button(f"erase_ask:{after.case_id.hex}", "btn_erase")], *rows]
        rest = kept_line(turn, None if after is None else after.purge_day)
        turn.say("withdraw_done", html={"rest": rest}, rows=rows)
        return []


def _do(session: Session, turn: Turn) -> tuple[bool, CaseStatusView | None]:
    """Take it back; tell whether it was done, and return the request as its chat still sees it (a code does not)."""
    view = named_case(session, turn)
    if view is None or not any(withdraw(session, case_id=view.case_id, proof=proof) for proof in proofs(turn)):
        return False, None
    return True, named_case(session, turn)
