"""Which requests belong to the person who asks: proved by the chat (push) or by the code."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.actions.turn import Turn
from referral import CaseStatusView, Sharing, erase, status_for_code, status_for_route


def own_cases(session: Session, turn: Turn) -> tuple[CaseStatusView, ...]:
    """Return the requests that this chat or a code typed a moment ago gives a right to, newest first."""
    found: dict[uuid.UUID, CaseStatusView] = {}
    code_tag, route_tag = turn.tag("code_tag"), turn.tag("route_tag")
    if code_tag is not None and (view := status_for_code(session, code_tag=code_tag)) is not None:
        found[view.case_id] = view
    if route_tag is not None:
        found |= {view.case_id: view for view in status_for_route(session, route_tag=route_tag)}
    return tuple(found.values())


def named_case(session: Session, turn: Turn) -> CaseStatusView | None:
    """Return the request that the pressed button names, if it is the person's own."""
    try:
        wanted = uuid.UUID(hex=turn.value or "")
    except ValueError:
        return None
    return next((view for view in own_cases(session, turn) if view.case_id == wanted), None)


def named_sharing(session: Session, turn: Turn) -> tuple[CaseStatusView, Sharing] | None:
    """Return the sharing that the pressed button names with its request, if the request is the person's own."""
    try:
        wanted = uuid.UUID(hex=turn.value or "")
    except ValueError:
        return None
    found = ((view, sharing) for view in own_cases(session, turn) for sharing in view.sharings)
    return next((pair for pair in found if pair[1].id == wanted), None)


def proofs(turn: Turn) -> tuple[bytes, ...]:
    """Return the tags that may prove a right to a request."""
    return tuple(tag for tag in (turn.tag("code_tag"), turn.tag("route_tag")) if tag is not None)


def erase_own(session: Session, case_id: uuid.UUID, tags: Iterable[bytes]) -> str | None:
    """Erase a request with the proof that fits; return the number of the receipt."""
    receipts = (erase(session, case_id=case_id, proof=tag) for tag in tags)
    return next((receipt for receipt in receipts if receipt is not None), None)
