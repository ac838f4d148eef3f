"""What staff write into a case for each other: notes, attempts to reach the person, the assessment, reasons."""

import json
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.enums import ContactOutcome
from referral.models import CaseField, CaseRecord
from referral.service.authoring import write
from referral.service.common import today
from referral.service.keyring import case_key, log, visible_case
from referral.service.staff import SignedIn

NOTE, CONTACT, ASSESSMENT, REASON = "note", "contact", "assessment", "reason"


def add_note(session: Session, *, signed_in: SignedIn, case_id: UUID, text: str) -> None:
    """Add a note for colleagues. Raise `CaseNotFound`, `ValueError` when it is empty."""
    if not text.strip():
        raise ValueError("The note is empty.")
    _add(session, signed_in, case_id, NOTE, text, audit.Act.NOTE_ADDED)


def add_contact_attempt(
    session: Session, *, signed_in: SignedIn, case_id: UUID, outcome: ContactOutcome, channel: str, note: str
) -> None:
    """Note what came of an attempt to reach the person; the outcome is sealed like everything else of a case."""
    text = json.dumps({"outcome": outcome.value, "channel": channel, "note": note}, ensure_ascii=False)
    _add(session, signed_in, case_id, CONTACT, text, audit.Act.CONTACT_TRIED)


def set_assessment(session: Session, *, signed_in: SignedIn, case_id: UUID, assessment: str) -> None:
    """Store the assessment (JSON of HTCDS fields); the newest counts, earlier ones stay."""
    _add(session, signed_in, case_id, ASSESSMENT, assessment, audit.Act.NOTE_ADDED, detail=ASSESSMENT)


def add_field(session: Session, *, signed_in: SignedIn, case: CaseRecord, field: str, text: str) -> None:
    """Seal and sign what a member of staff writes and put it behind what there is of its kind."""
    place = (CaseField.case_id == case.case_id, CaseField.field == field)
    last = session.scalar(select(func.max(CaseField.seq)).where(*place))
    seq = 0 if last is None else last + 1
    written = write(case, signed_in=signed_in, table="case_field", field=field, seq=seq, text=text, day=today())
    session.add(
        CaseField(
            case_id=case.case_id,
            field=field,
            seq=seq,
            sealed=written.sealed,
            signature=written.signature,
            staff_id=signed_in.staff_id,
            day=today(),
        )
    )


def _add(
    session: Session, signed_in: SignedIn, case_id: UUID, field: str, text: str, act: audit.Act, *, detail: str = ""
) -> None:
    case = visible_case(session, signed_in=signed_in, case_id=case_id, lock=True)
    case_key(session, signed_in=signed_in, case=case)
    add_field(session, signed_in=signed_in, case=case, field=field, text=text)
    case.last_activity_day = today()
    log(session, act, signed_in=signed_in, case_id=case_id, detail=detail)
