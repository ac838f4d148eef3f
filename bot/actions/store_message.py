"""Put a sealed message into the person's request."""

import datetime as dt
import logging
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import CaseClosed, ReferralError, append_message, field_from_json

logger = logging.getLogger(__name__)


class ActionStoreMessage(Action):
    """Append the message and say so; only a stored message is called stored. Idempotent by its id."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_store_message"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        try:
            message = turn.metadata["message"]
            field = field_from_json(message["field"])
            await in_transaction(
                lambda session: append_message(
                    session,
                    case_id=uuid.UUID(hex=message["case_id"]),
                    message_id=message["message_id"],
                    field=field,
                    day=dt.date.fromisoformat(message["day"]),
                )
            )
        except CaseClosed:
            turn.say("request_gone")
        except (KeyError, ValueError, ReferralError, SQLAlchemyError) as error:
            logger.exception("A message could not be stored: %s", type(error).__name__)
            turn.say("message_failed")
        else:
            turn.say("message_stored")
        return []
