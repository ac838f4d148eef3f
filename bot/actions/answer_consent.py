"""Store what the person answers to a caseworker's question for consent."""

import logging
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.cases import own_cases, proofs
from bot.actions.database import in_transaction
from bot.actions.turn import Turn
from referral import ConsentGiven, ReferralError, answer_consent, consent_from_json

logger = logging.getLogger(__name__)


class ActionAnswerConsent(Action):
    """Store the answer, and say only what is stored. The gateway has sealed and signed the consent."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what came of it."""
        turn = Turn(tracker, dispatcher)
        try:
            answer = turn.metadata["answer"]
            case_id, request_id = uuid.UUID(hex=answer["case_id"]), uuid.UUID(hex=answer["request_id"])
            consent = None if answer["consent"] is None else consent_from_json(answer["consent"])
            text = await in_transaction(lambda session: _store(session, turn, case_id, request_id, consent))
        except (KeyError, ValueError, ReferralError, SQLAlchemyError) as error:
            logger.exception("An answer to a question for consent could not be stored: %s", type(error).__name__)
            turn.say("consent_failed")
            return []
        turn.say(text, directives={} if text == "code_needed" else {"answered": request_id.hex})
        return []


def _store(
    session: Session, turn: Turn, case_id: uuid.UUID, request_id: uuid.UUID, consent: ConsentGiven | None
) -> str:
    """Store the answer; return the name of the text that says what came of it."""
    if not any(view.case_id == case_id for view in own_cases(session, turn)):
        return "code_needed"
    stored = any(
        answer_consent(session, request_id=request_id, case_id=case_id, proof=proof, consent=consent)
        for proof in proofs(turn)
    )
    if not stored:
        return "consent_question_over"
    return "consent_stored_no" if consent is None else "consent_stored_yes"
