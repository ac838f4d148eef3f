"""A case as a page needs it: from outside, opened, arranged, and how its person may be reached."""

from dataclasses import dataclass
from uuid import UUID

from flask import g
from sqlalchemy.orm import Session

from referral.console.case_view import CaseView, arrange
from referral.console.context import console
from referral.console.delivery import Way, way_to
from referral.service.casework import OpenCase, read_case
from referral.service.glance import Glance, glance
from referral.service.timeline import timeline


@dataclass(frozen=True)
class Opened:
    """One opened case."""

    now: Glance
    case: OpenCase
    view: CaseView
    way: Way

    @property
    def topic(self) -> str:
        """Return the topic, empty when it is not known."""
        return self.view.index.get("topic", "")

    @property
    def language(self) -> str:
        """Return the language in which the person wants to be written to."""
        return self.view.index.get("language", "")


def open_case(db: Session, case_id: UUID) -> Opened:
    """Open a case for who is signed in; the reading is written into the log first."""
    now = glance(db, signed_in=g.who, case_id=case_id)
    case = read_case(db, signed_in=g.who, case_id=case_id, trust=console().trust)
    view = arrange(case, timeline=timeline(db, case_id=case_id))
    return Opened(now, case, view, way_to(view, push=case.push))
