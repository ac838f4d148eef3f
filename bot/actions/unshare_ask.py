"""Ask before the sharing with somebody is stopped."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.cases import named_sharing
from bot.actions.database import in_transaction
from bot.actions.recipients import organisation_names, recipient_name
from bot.actions.turn import Turn

logger = logging.getLogger(__name__)


class ActionUnshareAsk(Action):
    """Ask once more, and name with whom it would be stopped."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_unshare_ask"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it, or that it is not shared."""
        turn = Turn(tracker, dispatcher)
        try:
            found = await in_transaction(lambda session: named_sharing(session, turn))
        except SQLAlchemyError as error:
            logger.exception("A sharing could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if found is None:
            turn.say("request_gone")
            return []
        name = recipient_name(turn, found[1].recipient, organisation_names())
        rows = [
            [turn.button(f"unshare_yes:{turn.value}", "btn_yes_unshare")],
            [turn.button("case_status", "btn_keep")],
        ]
        turn.say("unshare_ask", values={"recipient": name}, rows=rows)
        return []
