"""What somebody who can write into the database, and has no key, cannot do unseen.

They may delete and withhold; they must not read, put words into somebody's mouth, or turn a yes to one into a yes to
another. Forged lists of keys: test_manifest.py. Forged certificates: test_rotation.py. What the gateway refuses:
tests/bot/test_gateway_forgery.py. The log and its checkpoints: test_audit.py, test_checkpoints.py.
"""

import datetime as dt
import json
from collections.abc import Callable
from itertools import product
from uuid import UUID, uuid4

import pytest
from nacl.public import PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import (
    CaseNotFound,
    ConsentScope,
    NoConsent,
    answer_consent,
    append_message,
    oncall,
    open_referral,
    session_scope,
)
from referral.crypto import RecordContext, Sealed, seal_bytes, seal_record
from referral.enums import LegalBasis, SharingKind, SharingStatus, StaffRole
from referral.errors import ForgedRecord, SealBroken
from referral.models import (
    Base,
    CaseField,
    CaseKey,
    CaseMessage,
    CaseRecord,
    CaseReferral,
    ConsentRecord,
    ConsentRequest,
    LegalOverride,
    Staff,
)
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import override_consent
from referral.service.assigning import assign
from referral.service.glance import hidden_cases
from referral.service.notes import add_note
from referral.service.opened import OpenCase
from referral.service.queue import open_queue
from referral.service.reading import read_case
from referral.service.replying import reply
from referral.service.sharing import Shared, answer_sharing, share
from referral.service.staff import SignedIn
from tests.referral.conftest import DAY, World, code_of, later
from tests.referral.matrix.world import Full, fill
from tests.referral.sharing import agree, consent, refer

Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {  # every bit of every format: tests/referral/test_vectors.py
    "one bit": lambda value: value[:-1] + bytes([value[-1] ^ 1]),
    "cut short": lambda value: value[:-16],
    "made longer": lambda value: value + bytes(16),
}
PARTS: dict[type[Base], Callable[[OpenCase], tuple[object, ...]]] = {
    CaseField: lambda case: case.values,
    CaseMessage: lambda case: case.messages,
    ConsentRecord: lambda case: case.consents,
    ConsentRequest: lambda case: case.requests,
    CaseReferral: lambda case: case.sharings,
    LegalOverride: lambda case: case.overrides,
}
COLUMNS = {"sealed": "signature", "answer_sealed": "answer_signature"}
SEALED = (  # what is sealed and signed, in which case there is such a thing, and who reads it
    *((model, "sealed", "referred", "leyla") for model in PARTS if model is not LegalOverride),
    (LegalOverride, "sealed", "transferred", "nigar"),
    (CaseReferral, "answer_sealed", "referred", "leyla"),
)


def test_every_damaged_value_is_shown_as_what_it_is(world: World) -> None:
    full = fill(world)
    readers = {login: full.world.signed_in(login) for login in ("leyla", "nigar")}
    for model, column, name, login in SEALED:
        for (way, damage), place in product(DAMAGES.items(), (column, COLUMNS[column])):
            with Session(full.world.engine) as session:
                rows = session.scalars(select(model).where(_of(model, full, name))).all()
                assert rows
                for row in rows:
                    _spoil(row, place, damage)
                believed = _believed(full, session, readers[login], name, model)
                assert believed == [], f"{way} of {model.__tablename__}.{place}"
                session.rollback()


def test_values_that_change_places_are_shown_as_what_they_are(world: World) -> None:
    full = fill(world)
    readers = {login: full.world.signed_in(login) for login in ("leyla", "nigar")}
    for model, column, name, login in SEALED:
        with Session(full.world.engine) as session:
            rows = [row for row in session.scalars(select(model)) if getattr(row, column) is not None]
            values = [(getattr(row, column), getattr(row, COLUMNS[column])) for row in rows]
            for row, (sealed, signature) in zip(rows, values[1:] + values[:1], strict=True):
                setattr(row, column, sealed)
                setattr(row, COLUMNS[column], signature)
            believed = _believed(full, session, readers[login], name, model)
            assert len(rows) == 1 or believed == [], model.__tablename__
            session.rollback()


def test_a_damaged_or_exchanged_key_opens_nothing(world: World) -> None:
    one, other = world.open(1), world.open(2)
    own = world.public.organisation_id
    with session_scope(world.engine) as session:
        first, second = (session.get_one(CaseKey, (case, own)) for case in (one, other))
        first.sealed_key, second.sealed_key = second.sealed_key, first.sealed_key
    for case in (one, other):
        with pytest.raises(SealBroken, match="exchanged"):
            world.read(case)
    with session_scope(world.engine) as session:
        row = session.get_one(CaseKey, (one, own))
        row.sealed_key = Sealed(DAMAGES["one bit"](row.sealed_key.blob))
    with pytest.raises(SealBroken):
        world.read(one)


def _thief_takes_over(world: World, case: UUID) -> PrivateKey:
    """Put a whole key pair of a thief's own into a case: everybody can seal to the organisation's public key."""
    thief = PrivateKey.generate()
    with session_scope(world.engine) as session:
        session.get_one(CaseRecord, case).public_key = bytes(thief.public_key)
        key = session.get_one(CaseKey, (case, world.public.organisation_id))
        key.sealed_key = seal_bytes(world.public.public_key, bytes(thief))
    return thief


def test_a_case_with_a_thiefs_whole_key_pair_is_used_for_nothing(world: World) -> None:
    case, worker = world.open(), world.hire("orxan", StaffRole.CASEWORKER)
    signed_in = world.signed_in()
    _thief_takes_over(world, case)
    with session_scope(world.console) as session:
        deeds: list[Callable[[], object]] = [
            lambda: world.read(case),
            lambda: world.take(case),
            lambda: add_note(session, signed_in=signed_in, case_id=case, text="we know where she is"),
            lambda: assign(session, signed_in=signed_in, trust=world.trust, case_id=case, to=worker),
        ]
        for deed in deeds[2:]:
            with pytest.raises(ForgedRecord, match="exchanged"):
                deed()
    for deed in deeds[:2]:
        with pytest.raises(ForgedRecord, match="exchanged"):
            deed()
    with session_scope(world.console) as session:
        assert open_queue(session, signed_in=signed_in) == []
        assert hidden_cases(session, signed_in=signed_in, shown=()) == (case,)


def test_nobody_answers_a_case_whose_key_or_code_was_exchanged(world: World) -> None:
    case, own = world.open(1), world.open(2)  # the thief asked for help too, and so knows a code and its tag
    signed_in, relay = world.take(case), world.public.relay_public_key
    for column in ("public_key", "reply_public_key", "code_tag", "binding"):
        for foreign in (True, False):
            with Session(world.engine) as session:
                row, thiefs = session.get_one(CaseRecord, case), session.get_one(CaseRecord, own)
                stolen = getattr(thiefs, column) if foreign else bytes(range(100, 132))
                thiefs.code_tag = bytes(32)
                session.flush()
                setattr(row, column, stolen)
                with pytest.raises(ForgedRecord, match="exchanged"):
                    reply(session, signed_in=signed_in, case_id=case, text="come", relay_public_key=relay)
                session.rollback()
    world.reply(case, "nothing was exchanged")


def test_a_case_without_the_bots_signature_is_not_answered(world: World) -> None:
    case = world.open()
    world.take(case)
    with session_scope(world.engine) as session:
        session.get_one(CaseRecord, case).binding = None
    with pytest.raises(ForgedRecord, match="exchanged"):
        world.reply(case)


def test_without_the_signed_list_nobody_reads_anything(world: World) -> None:
    case, signed_in = world.open(), world.signed_in()
    blind = type(signed_in)(
        signed_in.staff_id, signed_in.organisation_id, signed_in.login, signed_in.role, signed_in.private_key
    )
    with pytest.raises(ForgedRecord, match="no signed list"), session_scope(world.console) as session:
        read_case(session, signed_in=blind, case_id=case, trust=world.trust)
    with pytest.raises(ForgedRecord, match="no signed list"), session_scope(world.console) as session:
        open_queue(session, signed_in=blind)


def test_a_case_in_danger_is_not_pushed_to_the_end_of_the_queue(world: World) -> None:
    case, signed_in = world.open(1, urgency="danger"), world.signed_in()
    calm = {"topic": "work", "urgency": "normal", "language": "en", "caseworker_gender": "any"}
    with session_scope(world.engine) as session:
        row = session.get_one(CaseField, (case, "index", 0))
        context = RecordContext(case, "case_field", "index", 0)
        text = json.dumps({**calm, "opened_at": "2026-11-24T10:00+00:00"})
        public = session.get_one(CaseRecord, case).public_key
        row.sealed = seal_record(public_key=public, context=context, payload=text, day=DAY)
    with session_scope(world.console) as session:
        assert open_queue(session, signed_in=signed_in) == []
        assert hidden_cases(session, signed_in=signed_in, shown=()) == (case,)


def test_what_a_person_said_once_is_not_said_twice(world: World) -> None:
    case = world.open()
    with session_scope(world.engine) as session:
        public = session.get_one(CaseRecord, case).public_key
        field = world.message(case, public, 7, "please call me")
        assert append_message(session, case_id=case, message_id="tg-7", field=field, day=DAY)
        assert not append_message(session, case_id=case, message_id="tg-7", field=field, day=DAY)
    with session_scope(world.engine) as session:
        row = session.scalars(select(CaseMessage)).one()
        values = {column.name: getattr(row, column.name) for column in CaseMessage.__table__.columns}
        session.add(CaseMessage(**{**values, "id": uuid4(), "message_hash": bytes(32)}))
    assert sorted(message.verified for message in world.read(case).messages) == [False, True]


def test_the_same_request_and_the_same_answer_count_once(world: World) -> None:
    submission = world.submission()
    for made in (True, False):
        with session_scope(world.bot) as session:
            assert open_referral(session, submission=submission).created is made
    case, partner = submission.case_id, Recipient(organisation_id=world.partner().organisation_id)
    world.take(case)
    agree(world, case, partner)
    with session_scope(world.engine) as session:
        request = session.scalars(select(ConsentRequest)).one()
    given = consent(world, case, partner, seq=51)
    with session_scope(world.bot) as session:
        answer_consent(session, request_id=request.id, case_id=case, proof=code_of(1).tag, consent=given)
    assert world.count(ConsentRecord) == 2  # to the organisation itself, and to the partner once


def test_a_yes_to_one_is_never_turned_into_a_yes_to_another(world: World) -> None:
    case, partner = world.open(), Recipient(organisation_id=world.partner().organisation_id)
    signed_in = world.take(case)
    agree(world, case, partner)
    assert [one.verified for one in world.read(case).consents] == [True, True]
    changes: dict[str, object] = {"recipient": "provider:clinic", "purpose": "answer and help"}
    changes |= {"expires_day": later(900), "scope": ConsentScope.GUARDIAN, "wording_version": "v2", "seq": 51}
    for column, value in changes.items():
        with Session(world.engine) as session:
            row = session.scalars(select(ConsentRecord).where(ConsentRecord.recipient == str(partner))).one()
            setattr(row, column, value)
            to = Recipient.from_text(row.recipient)
            session.flush()
            opened = read_case(session, signed_in=signed_in, case_id=case, trust=world.trust)
            assert sorted(one.verified for one in opened.consents) == [False, True], column
            shared = Shared(recipient=to, kind=SharingKind.REFERRAL, note="")
            with pytest.raises(NoConsent):
                share(session, signed_in=signed_in, trust=world.trust, case_id=case, shared=shared)
            session.rollback()


def test_a_consent_for_somebody_else_does_not_become_ones_own(world: World) -> None:
    case, partner = world.open(), Recipient(organisation_id=world.partner().organisation_id)
    world.take(case)
    agree(world, case, partner, scope=ConsentScope.PROXY)
    with session_scope(world.engine) as session:
        row = session.scalars(select(ConsentRecord).where(ConsentRecord.recipient == str(partner))).one()
        row.scope = ConsentScope.OWN
    with pytest.raises(NoConsent):
        refer(world, case, partner)


def test_nobody_decides_without_consent_by_writing_a_row(world: World) -> None:
    case, partner = world.open(), Recipient(organisation_id=world.partner().organisation_id)
    signed_in = world.take(case)
    supervisor = world.hire("aydan", StaffRole.SUPERVISOR)
    with session_scope(world.engine) as session:
        public = session.get_one(CaseRecord, case).public_key
        session.add(_decision(case, public, partner, supervisor))
    with pytest.raises(NoConsent):
        refer(world, case, partner)
    assert [one.verified for one in world.read(case).overrides] == [False]
    assert signed_in.role is StaffRole.INTAKE


@pytest.mark.parametrize("change", [{"recipient": "provider:clinic"}, {"basis": LegalBasis.COURT_ORDER}])
def test_a_decision_without_consent_allows_what_was_decided_only(world: World, change: dict[str, object]) -> None:
    case, to = world.open(), Recipient(provider="legal-aid")
    world.take(case)
    world.hire("aydan", StaffRole.SUPERVISOR)
    _override(world, case, to, "aydan")
    assert [one.verified for one in world.read(case).overrides] == [True]
    with session_scope(world.engine) as session:
        row = session.scalars(select(LegalOverride)).one()
        for column, value in change.items():
            setattr(row, column, value)
        changed = Recipient.from_text(row.recipient)
    with pytest.raises(NoConsent):
        refer(world, case, changed)


def test_a_role_that_somebody_wrote_into_the_database_decides_nothing(world: World) -> None:
    case, to = world.open(), Recipient(provider="legal-aid")
    world.take(case)
    with session_scope(world.engine) as session:
        session.scalars(select(Staff).where(Staff.login == "samir")).one().role = StaffRole.SUPERVISOR
    _override(world, case, to, "samir")
    assert [one.verified for one in world.read(case).overrides] == [False]
    with pytest.raises(NoConsent):
        refer(world, case, to)
    with pytest.raises(ForgedRecord, match="not certified"):
        world.reply(case, login="samir")


@pytest.mark.parametrize("change", [{"kind": SharingKind.TRANSFER}, {"signature": bytes(64)}])
def test_a_referral_is_never_turned_into_a_transfer(world: World, change: dict[str, object]) -> None:
    case, partner = world.open(), Recipient(organisation_id=world.partner().organisation_id)
    world.take(case)
    agree(world, case, partner)
    sharing = refer(world, case, partner)
    with session_scope(world.engine) as session:
        row = session.get_one(CaseReferral, sharing)
        for column, value in change.items():
            setattr(row, column, value)
    nigar = world.signed_in("nigar")
    with pytest.raises(ForgedRecord, match="changed after it was written"), session_scope(world.console) as session:
        answer_sharing(session, signed_in=nigar, sharing_id=sharing, to=SharingStatus.ACCEPTED, answer="")
    assert [one.verified for one in world.read(case).sharings] == [False]


def test_a_referral_that_somebody_wrote_into_the_database_opens_nothing(world: World) -> None:
    case, partner = world.open(), world.partner()
    with session_scope(world.engine) as session:
        leyla = session.scalars(select(Staff).where(Staff.login == "leyla")).one().id
        session.add(_referral(case, world, partner.organisation_id, leyla))
    with pytest.raises(CaseNotFound, match="no key"):
        world.read(case, "nigar")
    with session_scope(world.console) as session:
        assert open_queue(session, signed_in=world.signed_in("nigar")) == []


def test_another_recipient_of_a_question_is_noticed(world: World) -> None:
    case, partner = world.open(), Recipient(organisation_id=world.partner().organisation_id)
    world.take(case)
    agree(world, case, partner)
    assert [one.verified for one in world.read(case).requests] == [True]
    with session_scope(world.engine) as session:
        session.scalars(select(ConsentRequest)).one().recipient = "provider:clinic"
    assert [one.verified for one in world.read(case).requests] == [False]


def test_no_words_of_somebody_else_reach_colleagues_on_call(world: World) -> None:
    moment, tag = dt.datetime.now(tz=dt.UTC), bytes(32)
    details = {"2": "2", "120-ABCDEFGH": "120-ABCDEFGH", "": "", "call +994 50 this number": "", "<b>x</b>": ""}
    with session_scope(world.engine) as session:
        staff = session.scalars(select(Staff).where(Staff.login == "leyla")).one()
        staff.pairing_tag, staff.pairing_until = tag, moment + dt.timedelta(hours=1)
        session.flush()
        assert oncall.pair(session, pairing_tag=tag, route_tag=tag, route_box=b"box", now=moment)
        for number, detail in enumerate(details):
            at = moment + dt.timedelta(seconds=number)
            oncall.alert(session, organisation_id=staff.organisation_id, kind="overdue", now=at, detail=detail)
        found = oncall.due(session, now=moment + dt.timedelta(minutes=1), limit=9)
    assert [item.detail for item in found] == list(details.values())


def _of(model: type[Base], full: Full, name: str) -> object:
    return model.__table__.columns["case_id"] == full.cases[name]


def _spoil(row: Base, column: str, damage: Damage) -> None:
    value = getattr(row, column)
    setattr(row, column, Sealed(damage(value.blob)) if isinstance(value, Sealed) else damage(value))


def _believed(full: Full, session: Session, who: SignedIn, name: str, model: type[Base]) -> list[object]:
    """Return what a member of staff is shown as genuine of one kind."""
    session.flush()
    opened = read_case(session, signed_in=who, case_id=full.cases[name], trust=full.world.trust)
    return [part for part in PARTS[model](opened) if part.verified]  # type: ignore[attr-defined]


def _override(world: World, case: UUID, to: Recipient, login: str) -> None:
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        override_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=to,
            purpose=SUPPORT,
            basis=LegalBasis.VITAL_INTEREST,
            reason="in the hospital",
        )


def _decision(case: UUID, public_key: bytes, to: Recipient, supervisor: UUID) -> LegalOverride:
    row_id, today = uuid4(), dt.datetime.now(tz=dt.UTC).date()
    terms = {"recipient": str(to), "purpose": SUPPORT, "basis": "vital_interest"}
    context = RecordContext(case, "legal_override", row_id.hex, 0)
    text = json.dumps({"reason": "forged", "terms": terms})
    return LegalOverride(
        id=row_id,
        case_id=case,
        recipient=str(to),
        purpose=SUPPORT,
        basis=LegalBasis.VITAL_INTEREST,
        staff_id=supervisor,
        day=today,
        sealed=seal_record(public_key=public_key, context=context, payload=text, day=today),
        signature=bytes(64),
    )


def _referral(case: UUID, world: World, to: UUID, staff_id: UUID) -> CaseReferral:
    return CaseReferral(
        id=uuid4(),
        case_id=case,
        kind=SharingKind.REFERRAL,
        from_organisation_id=world.public.organisation_id,
        to_organisation_id=to,
        provider=None,
        status=SharingStatus.ACCEPTED,
        consent_id=None,
        override_id=None,
        staff_id=staff_id,
        created_day=DAY,
        sealed=seal_bytes(world.public.public_key, b"forged"),
        signature=bytes(64),
        decided_by=None,
        decided_day=None,
        answer_sealed=None,
        answer_signature=None,
    )
