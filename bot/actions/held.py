"""Tell what is stored about the person, in kinds, numbers and days."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.actions.case_view import kept_line, sharing_lines, told_day
from bot.actions.cases import named_case, proofs
from bot.actions.database import in_transaction
from bot.actions.recipients import organisation_names
from bot.actions.turn import Turn
from referral import Held, held

logger = logging.getLogger(__name__)


class ActionHeld(Action):
    """Say what is held of a request; its words are locked, so a caseworker reads them to the person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_held"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it."""
        turn = Turn(tracker, dispatcher)
        try:
            found = await in_transaction(lambda session: _held(session, turn))
        except SQLAlchemyError as error:
            logger.exception("What is held could not be read: %s", type(error).__name__)
            turn.say("status_failed")
            return []
        if found is None:
            turn.say("request_gone")
            return []
        lines = "\n".join(f"• {line}" for line in held_lines(turn, found))
        rows = [
            [turn.button(f"erase_ask:{found.case_id.hex}", "btn_erase")],
            [turn.intent_button("case_status"), turn.button("menu", "btn_menu")],
        ]
        turn.say("held_summary", values={"day": told_day(turn, found.created_day)}, html={"lines": lines}, rows=rows)
        return []


def held_lines(turn: Turn, found: Held) -> list[str]:
    """Return one line for each kind of thing that is stored."""
    counts = [(f"held_{name}", count) for name, count in sorted(found.answers.items())]
    counts += [
        ("held_from_person", found.from_person),
        ("held_from_staff", found.from_staff),
        ("held_notes", sum(found.notes.values())),
        ("held_consents", found.consents),
    ]
    lines = [turn.label("held_count", what=turn.label(label), count=count) for label, count in counts if count]
    lines.append(turn.label("held_linked" if found.linked else "held_not_linked"))
    shared = sharing_lines(turn, found.sharings, organisation_names())
    if shared:
        lines.append(f"{turn.label('shared_with')} {'; '.join(shared)}")
    return [*lines, kept_line(turn, found.purge_day)]


def _held(session: Session, turn: Turn) -> Held | None:
    view = named_case(session, turn)
    if view is None:
        return None
    told = (held(session, case_id=view.case_id, proof=proof) for proof in proofs(turn))
    return next((found for found in told if found is not None), None)
