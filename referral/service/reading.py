"""Open a case for a member of staff."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.records import RecordContext, open_record
from referral.crypto.sealed import Sealed
from referral.enums import Direction, OutboxState, StaffRole
from referral.errors import RecordMismatch, SealBroken
from referral.models import CaseField, CaseMessage, ConsentRecord, OutboxRow, PullReplyRow, Staff
from referral.service.authors import Author, author_of
from referral.service.common import route_id
from referral.service.genuine import read_consent
from referral.service.keyring import case_key, log, visible_case
from referral.service.opened import OpenCase, OpenConsent, OpenMessage, OpenValue
from referral.service.reading_sharing import open_overrides, open_requests, open_sharings
from referral.service.staff import SignedIn
from referral.service.trust import Trust
from referral.service.withholding import for_recipient

NOBODY = UUID(int=0)  # staff's messages without an author are nobody's, and so never genuine


class Reader:
    """Open and check the values of one case. What is not what it should be is shown as unverified, never hidden."""

    def __init__(self, session: Session, *, case_id: UUID, private_key: bytes, trust: Trust) -> None:
        self._session = session
        self._case_id = case_id
        self._private_key = private_key
        self._trust = trust
        self._authors: dict[UUID, Author | None] = {}

    def read(
        self, table: str, field: str, seq: int, *, sealed: Sealed, signature: bytes | None, author: UUID | None = None
    ) -> tuple[str, bool]:
        """Return text and whether it is genuine; the text is empty when it cannot be opened in this place.

        Genuine is what the bot signed or, with `author`, this member of staff.
        """
        context = RecordContext(self._case_id, table, field, seq)
        try:
            text = open_record(private_key=self._private_key, sealed=sealed, context=context)
        except (SealBroken, RecordMismatch):
            return "", False
        if author is None:
            return text, self._trust.by_bot(context, sealed, signature)
        return text, self._trust.by_staff(self._author(author), context, sealed, signature)

    def login(self, author: UUID | None) -> str | None:
        """Return the login of an author."""
        staff = None if author is None else self._author(author)
        return None if staff is None else staff.login

    def role(self, author: UUID) -> StaffRole | None:
        """Return the role of an author; `read` tells whether the organisation vouches for it."""
        staff = self._author(author)
        return None if staff is None else staff.role

    def _author(self, author: UUID) -> Author | None:
        if author not in self._authors:
            self._authors[author] = author_of(self._session, author)
        return self._authors[author]


def read_case(session: Session, *, signed_in: SignedIn, case_id: UUID, trust: Trust) -> OpenCase:
    """Open a case; the reading is in the log before the key is used. Raise `CaseNotFound`, `SealBroken`.

    An organisation that it is shared with sees what was agreed to.
    """
    case = visible_case(session, signed_in=signed_in, case_id=case_id)
    log(session, audit.Act.CASE_READ, signed_in=signed_in, case_id=case_id)
    private = case_key(session, signed_in=signed_in, case=case)
    reader = Reader(session, case_id=case_id, private_key=private, trust=trust)
    opened = OpenCase(
        case_id=case_id,
        organisation_id=case.organisation_id,
        status=case.status,
        owner_id=case.owner_id,
        owner_login=reader.login(case.owner_id),
        created_day=case.created_day,
        push=route_id(session, case_id) is not None,
        values=_values(session, case_id, reader),
        messages=_messages(session, case_id, reader),
        consents=_consents(session, case_id, reader),
        requests=open_requests(session, case_id, reader),
        sharings=open_sharings(session, case_id, reader),
        overrides=open_overrides(session, case_id, reader),
    )
    if case.organisation_id == signed_in.organisation_id:
        return opened
    return for_recipient(opened, organisation_id=signed_in.organisation_id, logins=_logins(session, signed_in))


def _logins(session: Session, signed_in: SignedIn) -> frozenset[str]:
    """Return who works, or has worked, at the organisation of who is signed in."""
    return frozenset(session.scalars(select(Staff.login).where(Staff.organisation_id == signed_in.organisation_id)))


def _values(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenValue, ...]:
    rows = session.scalars(
        select(CaseField).where(CaseField.case_id == case_id).order_by(CaseField.field, CaseField.seq)
    )
    return tuple(_value(row, reader) for row in rows)


def _value(row: CaseField, reader: Reader) -> OpenValue:
    text, verified = reader.read(
        "case_field", row.field, row.seq, sealed=row.sealed, signature=row.signature, author=row.staff_id
    )
    return OpenValue(row.field, row.seq, text, row.day, verified, reader.login(row.staff_id))


def _messages(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenMessage, ...]:
    rows = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.seq))
    seen: set[tuple[Direction, int]] = set()
    return tuple(_message(session, row, reader, seen) for row in rows)


def _message(session: Session, row: CaseMessage, reader: Reader, seen: set[tuple[Direction, int]]) -> OpenMessage:
    """Open a message; a second one in the same place was put there by somebody who repeats what was said once."""
    again = (row.direction, row.seq) in seen
    seen.add((row.direction, row.seq))
    from_staff = row.direction is Direction.FROM_STAFF
    author = (row.staff_id or NOBODY) if from_staff else None
    text, verified = reader.read(
        "case_message", row.direction.value, row.seq, sealed=row.sealed, signature=row.signature, author=author
    )
    return OpenMessage(
        id=row.id,
        direction=row.direction,
        text=text,
        day=row.day,
        verified=verified and not again,
        author=reader.login(author),
        delivery=_delivery(session, row.id) if from_staff else None,
    )


def _delivery(session: Session, message_id: UUID) -> str:
    if session.scalar(select(PullReplyRow.read_day).where(PullReplyRow.message_id == message_id)) is not None:
        return "read"
    pushed = session.scalar(select(OutboxRow.state).where(OutboxRow.message_id == message_id))
    return (pushed or OutboxState.WAITING).value


def _consents(session: Session, case_id: UUID, reader: Reader) -> tuple[OpenConsent, ...]:
    rows = session.scalars(select(ConsentRecord).where(ConsentRecord.case_id == case_id).order_by(ConsentRecord.seq))
    return tuple(_consent(row, reader) for row in rows)


def _consent(row: ConsentRecord, reader: Reader) -> OpenConsent:
    details, verified = read_consent(row, reader)
    return OpenConsent(
        id=row.id,
        wording_version=row.wording_version,
        recipient=row.recipient,
        purpose=row.purpose,
        scope=row.scope,
        given_day=row.given_day,
        expires_day=row.expires_day,
        withdrawn_day=row.withdrawn_day,
        language=details.get("language"),
        given_at=details.get("given_at"),
        shared=tuple(details.get("shared", ())),
        withheld=tuple(details.get("withheld", ())),
        recorded_by=reader.login(row.staff_id),
        verified=verified,
        words=str(details.get("words", "")),
    )
