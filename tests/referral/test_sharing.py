"""Nothing is shared without consent; what is shared opens for exactly whom it was shared with, until it ends."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from referral import (
    CaseNotFound,
    NoConsent,
    answer_consent,
    erase,
    session_scope,
    status_for_code,
    withdraw,
    withdraw_sharing,
)
from referral.audit import entries_about
from referral.enums import (
    ConsentAnswer,
    ConsentScope,
    LegalBasis,
    ReferralStatus,
    SharingKind,
    SharingStatus,
    StaffRole,
)
from referral.errors import BadSubmission, CaseClosed, NotPermitted, TransitionRefused, UnknownOrganisation
from referral.models import CaseKey, CaseRecord, CaseReferral, ConsentRecord, ConsentRequest, LegalOverride
from referral.published import FILE
from referral.publishing import DRAFT
from referral.recipients import SUPPORT, Recipient
from referral.retention.consents import end_with_their_consent
from referral.retention.purge import purge
from referral.service.asking import override_consent, record_spoken_consent
from referral.service.casework import reply
from referral.service.erasure import find_receipt
from referral.service.queue import open_queue
from referral.service.sharing import answer_sharing, note_provider_answer, revoke_sharing
from referral.service.staff_erasure import erase_for_person
from tests.referral.conftest import World, code_of, later
from tests.referral.sharing import agree, ask, consent, refer

PROVIDER = Recipient(provider="legal-aid")


class Two:
    """A world with a second organisation, and a case that leyla has taken."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.partner = Recipient(organisation_id=world.partner().organisation_id)
        self.case = world.open(chat=5)
        world.take(self.case)

    def answer(self, sharing: UUID, to: SharingStatus, text: str = "", login: str = "nigar") -> None:
        """Let the partner answer."""
        signed_in = self.world.signed_in(login)
        with session_scope(self.world.console) as session:
            answer_sharing(session, signed_in=signed_in, sharing_id=sharing, to=to, answer=text)

    def seen_by(self, login: str) -> set[UUID]:
        """Return the cases in somebody's queue."""
        signed_in = self.world.signed_in(login)
        with session_scope(self.world.console) as session:
            return {entry.case_id for entry in open_queue(session, signed_in=signed_in)}

    def override(self, to: Recipient, login: str = "aydan", reason: str = "in the hospital, cannot answer") -> UUID:
        """Decide without consent."""
        signed_in = self.world.signed_in(login)
        with session_scope(self.world.console) as session:
            return override_consent(
                session,
                signed_in=signed_in,
                case_id=self.case,
                recipient=to,
                purpose=SUPPORT,
                basis=LegalBasis.VITAL_INTEREST,
                reason=reason,
            )


@pytest.fixture
def two(world: World) -> Two:
    """Return it."""
    return Two(world)


def test_without_consent_nothing_is_shared(two: Two) -> None:
    with pytest.raises(NoConsent, match="Ask the person first"):
        refer(two.world, two.case, two.partner)
    assert two.world.count(CaseReferral) == 0
    assert two.seen_by("nigar") == set()


def test_who_agreed_is_read_by_the_partner_and_by_nobody_else(two: Two) -> None:
    two.world.partner("kamran", "Third")
    agree(two.world, two.case, two.partner)
    refer(two.world, two.case, two.partner)
    assert two.seen_by("nigar") == {two.case}
    assert two.seen_by("kamran") == set()
    opened = two.world.read(two.case, "nigar")
    assert next(value.text for value in opened.values if value.field == "narrative") == "they keep my passport"
    (sharing,) = opened.sharings
    assert (sharing.note, sharing.verified, sharing.by_consent) == ("please call in the morning", True, True)
    assert sharing.status is SharingStatus.IN_PROGRESS
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "kamran")


def test_consent_to_one_is_not_consent_to_another(two: Two) -> None:
    third = Recipient(organisation_id=two.world.partner("kamran", "Third").organisation_id)
    agree(two.world, two.case, two.partner)
    with pytest.raises(NoConsent):
        refer(two.world, two.case, third)
    with pytest.raises(NoConsent):
        refer(two.world, two.case, PROVIDER)


@pytest.mark.parametrize("spoil", ["expired", "withdrawn", "purpose"])
def test_a_consent_that_is_over_or_for_something_else_does_not_count(two: Two, spoil: str) -> None:
    agree(two.world, two.case, two.partner)
    with session_scope(two.world.engine) as session:
        row = session.scalars(select(ConsentRecord).where(ConsentRecord.recipient == str(two.partner))).one()
        if spoil == "expired":
            row.expires_day = later(-1)
        elif spoil == "withdrawn":
            row.withdrawn_day = later(0)
        else:
            row.purpose = "statistics"
    with pytest.raises(NoConsent):
        refer(two.world, two.case, two.partner)


def test_a_question_is_answered_once_by_whose_it_is_in_its_time(two: Two) -> None:
    request = ask(two.world, two.case, two.partner)
    given = consent(two.world, two.case, two.partner)
    proof = code_of(1).tag

    def answers(proof: bytes, given: object, case: UUID = two.case) -> bool:
        with session_scope(two.world.bot) as session:
            return answer_consent(session, request_id=request, case_id=case, proof=proof, consent=given)  # type: ignore[arg-type]

    other = two.world.open(2)
    assert not answers(code_of(2).tag, given)
    assert not answers(code_of(2).tag, given, other)
    with pytest.raises(BadSubmission, match="another recipient"):
        answers(proof, consent(two.world, two.case, PROVIDER))
    assert two.world.count(ConsentRecord) == 2
    assert answers(proof, given)
    assert not answers(proof, None)
    with session_scope(two.world.engine) as session:
        assert session.get_one(ConsentRequest, request).answer is ConsentAnswer.GIVEN


def test_a_question_that_is_too_old_is_over(two: Two) -> None:
    request = ask(two.world, two.case, two.partner)
    with session_scope(two.world.engine) as session:
        session.get_one(ConsentRequest, request).expires_day = later(-1)
    given = consent(two.world, two.case, two.partner)
    with session_scope(two.world.bot) as session:
        assert not answer_consent(session, request_id=request, case_id=two.case, proof=code_of(1).tag, consent=given)


def test_no_is_noted_and_nothing_is_shared(two: Two) -> None:
    request = ask(two.world, two.case, two.partner)
    with session_scope(two.world.bot) as session:
        assert answer_consent(session, request_id=request, case_id=two.case, proof=code_of(1).tag, consent=None)
    (asked,) = two.world.read(two.case).requests
    assert (asked.answer, asked.verified, asked.author) == (ConsentAnswer.REFUSED, True, "leyla")
    with pytest.raises(NoConsent):
        refer(two.world, two.case, two.partner)


def test_a_minors_consent_needs_a_guardians(two: Two) -> None:
    agree(two.world, two.case, two.partner, scope=ConsentScope.MINOR)
    with pytest.raises(NoConsent, match="guardian"):
        refer(two.world, two.case, two.partner)
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        record_spoken_consent(
            session,
            signed_in=signed_in,
            case_id=two.case,
            recipient=two.partner,
            purpose=SUPPORT,
            shared=("narrative",),
            scope=ConsentScope.GUARDIAN,
            wording_version="spoken-1",
            words="The aunt, who has custody, agreed on the phone.",
        )
    refer(two.world, two.case, two.partner)
    assert [c.recorded_by for c in two.world.read(two.case).consents if c.scope is ConsentScope.GUARDIAN] == ["leyla"]


def test_who_writes_for_somebody_else_cannot_consent_for_them(two: Two) -> None:
    agree(two.world, two.case, two.partner, scope=ConsentScope.PROXY)
    with pytest.raises(NoConsent, match="must be asked"):
        refer(two.world, two.case, two.partner)


def test_a_spoken_consent_says_in_which_words(two: Two) -> None:
    signed_in = two.world.signed_in()
    with pytest.raises(ValueError, match="Write down"), session_scope(two.world.console) as session:
        record_spoken_consent(
            session,
            signed_in=signed_in,
            case_id=two.case,
            recipient=two.partner,
            purpose=SUPPORT,
            shared=("narrative",),
            scope=ConsentScope.OWN,
            wording_version="spoken-1",
            words=" ",
        )


def test_only_a_supervisor_decides_without_consent_and_the_person_sees_it(two: Two) -> None:
    two.world.hire("aydan", StaffRole.SUPERVISOR)
    with pytest.raises(NotPermitted):
        two.override(two.partner, login="leyla")
    with pytest.raises(ValueError, match="needs a reason"):
        two.override(two.partner, reason=" ")
    two.override(two.partner)
    sharing = refer(two.world, two.case, two.partner)
    with session_scope(two.world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    with session_scope(two.world.engine) as session:
        assert session.get_one(CaseReferral, sharing).override_id is not None
    assert view is not None
    (told,) = view.sharings
    assert (told.recipient, told.basis) == (two.partner, LegalBasis.VITAL_INTEREST)
    assert "overridden" in {access.act for access in view.accesses}
    (override,) = two.world.read(two.case).overrides
    assert (override.reason, override.verified) == ("in the hospital, cannot answer", True)


def test_a_decision_without_consent_is_not_for_ever(two: Two) -> None:
    two.world.hire("aydan", StaffRole.SUPERVISOR)
    two.override(two.partner)
    with session_scope(two.world.engine) as session:
        session.scalars(select(LegalOverride)).one().day = later(-31)
    with pytest.raises(NoConsent):
        refer(two.world, two.case, two.partner)


def test_the_partner_accepts_works_and_finishes(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner)
    two.answer(sharing, SharingStatus.ACCEPTED)
    signed_in, relay = two.world.signed_in("nigar"), two.world.public.relay_public_key
    with session_scope(two.world.console) as session:
        reply(session, signed_in=signed_in, case_id=two.case, text="we have a bed", relay_public_key=relay)
    (question, message) = two.world.read(two.case).messages
    assert (message.text, message.author, message.verified) == ("we have a bed", "nigar", True)
    assert question.author == "leyla"
    two.answer(sharing, SharingStatus.DONE)
    assert two.seen_by("nigar") == set()
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "nigar")


def test_a_rejection_needs_a_reason_and_takes_the_key_away(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner)
    with pytest.raises(TransitionRefused, match="reason"):
        two.answer(sharing, SharingStatus.REJECTED)
    two.answer(sharing, SharingStatus.REJECTED, "no free bed")
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "nigar")
    (told,) = two.world.read(two.case).sharings
    assert (told.status, told.answer, told.verified) == (SharingStatus.REJECTED, "no free bed", True)
    with pytest.raises(CaseNotFound):
        two.answer(sharing, SharingStatus.ACCEPTED, login="leyla")


def test_a_transfer_moves_the_case_and_closes_it_to_who_had_it(two: Two) -> None:
    two.world.hire("orxan", StaffRole.CASEWORKER)
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner, kind=SharingKind.TRANSFER)
    assert two.seen_by("leyla") == {two.case}
    two.answer(sharing, SharingStatus.ACCEPTED)
    assert (two.seen_by("leyla"), two.seen_by("samir"), two.seen_by("nigar")) == (set(), set(), {two.case})
    with pytest.raises(CaseNotFound):
        two.world.read(two.case)
    with session_scope(two.world.engine) as session:
        case = session.get_one(CaseRecord, two.case)
        assert case.organisation_id == two.partner.organisation_id
        assert {row.organisation_id for row in session.scalars(select(CaseKey))} == {two.partner.organisation_id}
    two.world.reply(two.case, "now it is ours", "nigar")
    assert two.world.read(two.case, "nigar").owner_login == "nigar"


def test_a_referral_can_be_taken_back_and_is_not_made_twice(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner)
    with pytest.raises(TransitionRefused, match="already"):
        refer(two.world, two.case, two.partner)
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        revoke_sharing(session, signed_in=signed_in, sharing_id=sharing)
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "nigar")
    with pytest.raises(TransitionRefused, match="over already"), session_scope(two.world.console) as session:
        revoke_sharing(session, signed_in=signed_in, sharing_id=sharing)
    refer(two.world, two.case, two.partner)
    assert two.seen_by("nigar") == {two.case}


def test_the_person_stops_one_sharing_and_the_case_goes_on(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner)
    two.answer(sharing, SharingStatus.ACCEPTED)
    with session_scope(two.world.bot) as session:
        assert not withdraw_sharing(session, case_id=two.case, sharing_id=sharing, proof=code_of(2).tag)
        assert withdraw_sharing(session, case_id=two.case, sharing_id=sharing, proof=code_of(1).tag)
        assert not withdraw_sharing(session, case_id=two.case, sharing_id=sharing, proof=code_of(1).tag)
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "nigar")
    with pytest.raises(NoConsent):
        refer(two.world, two.case, two.partner)
    assert two.world.read(two.case).values


def test_who_takes_the_case_back_takes_it_from_everybody(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    refer(two.world, two.case, two.partner)
    with session_scope(two.world.bot) as session:
        assert withdraw(session, case_id=two.case, proof=code_of(1).tag)
    for login in ("leyla", "nigar"):
        with pytest.raises(CaseNotFound):
            two.world.read(two.case, login)
    assert two.world.count(CaseKey) == 0
    with session_scope(two.world.engine) as session:
        assert {row.status for row in session.scalars(select(CaseReferral))} == {SharingStatus.REVOKED}


def test_deletion_takes_what_was_shared_with_it(two: Two) -> None:
    two.world.hire("aydan", StaffRole.SUPERVISOR)
    agree(two.world, two.case, two.partner)
    two.override(PROVIDER)
    refer(two.world, two.case, two.partner)
    refer(two.world, two.case, PROVIDER)
    with session_scope(two.world.bot) as session:
        receipt = erase(session, case_id=two.case, proof=code_of(1).tag)
    assert receipt is not None
    for model in (CaseReferral, ConsentRequest, ConsentRecord, LegalOverride, CaseKey, CaseRecord):
        assert two.world.count(model) == 0, model


def test_a_provider_without_the_system_gets_no_key_and_its_answer_is_written_down(two: Two) -> None:
    agree(two.world, two.case, PROVIDER)
    before = two.world.count(CaseKey)
    sharing = refer(two.world, two.case, PROVIDER)
    assert two.world.count(CaseKey) == before
    signed_in = two.world.signed_in()
    with session_scope(two.world.console) as session:
        note_provider_answer(
            session, signed_in=signed_in, sharing_id=sharing, to=SharingStatus.ACCEPTED, answer="come on Monday"
        )
    (told,) = two.world.read(two.case).sharings
    assert (told.provider, told.status, told.answer) == ("legal-aid", SharingStatus.ACCEPTED, "come on Monday")
    with pytest.raises(TransitionRefused, match="works in this system"):
        refer(two.world, two.case, PROVIDER, kind=SharingKind.TRANSFER)


@pytest.mark.parametrize("state", ["new", "closed"])
def test_a_case_that_nobody_has_or_that_is_closed_is_not_referred(world: World, state: str) -> None:
    partner = Recipient(organisation_id=world.partner().organisation_id)
    case = world.open()
    if state == "new":
        with pytest.raises(TransitionRefused, match="Take the case first"):
            refer(world, case, partner)
        return
    world.take(case)
    world.close(case, ReferralStatus.DONE)
    with pytest.raises(CaseClosed):
        refer(world, case, partner)


def test_an_editor_sees_and_shares_nothing(two: Two) -> None:
    two.world.hire("editor", StaffRole.EDITOR)
    for deed in (
        lambda: two.world.read(two.case, "editor"),
        lambda: refer(two.world, two.case, two.partner, login="editor"),
        lambda: ask(two.world, two.case, two.partner, login="editor"),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_a_key_of_the_partner_that_only_the_database_names_is_never_sealed_to(two: Two) -> None:
    """Who can write into the database adds an organisation of their own; the signed list does not name it."""
    before = (two.world.data_dir / FILE).read_bytes()
    forged = Recipient(organisation_id=two.world.partner("thief", "Forged").organisation_id)
    agree(two.world, two.case, forged)
    (two.world.data_dir / "secrets" / "manifest_seen").unlink()
    (two.world.data_dir / FILE).write_bytes(before)
    with pytest.raises(UnknownOrganisation):
        refer(two.world, two.case, forged)
    assert not (two.world.data_dir / DRAFT).exists()


def test_each_step_is_in_the_log(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    sharing = refer(two.world, two.case, two.partner)
    two.answer(sharing, SharingStatus.ACCEPTED)
    with session_scope(two.world.engine) as session:
        acts = [entry.act.value for entry in entries_about(session, two.case)]
        organisations = {entry.organisation_id for entry in entries_about(session, two.case)}
    assert acts == [
        "referral_opened",
        "case_claimed",
        "consent_asked",
        "consent_given",
        "case_shared",
        "sharing_answered",
    ]
    assert two.partner.organisation_id in organisations


def test_what_the_person_is_told_names_the_organisation(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    refer(two.world, two.case, two.partner)
    two.world.read(two.case, "nigar")
    with session_scope(two.world.bot) as session:
        view = status_for_code(session, code_tag=code_of(1).tag)
    assert view is not None
    told = {(access.act, access.organisation_id) for access in view.accesses}
    assert ("opened", two.partner.organisation_id) in told
    assert ("shared", two.world.public.organisation_id) in told
    assert all(access.at <= dt.datetime.now(tz=dt.UTC) for access in view.accesses)


def test_what_was_shared_ends_with_its_consent(two: Two) -> None:
    agree(two.world, two.case, two.partner)
    refer(two.world, two.case, two.partner)
    with session_scope(two.world.janitor) as session:
        assert end_with_their_consent(session, day=later(180)) == 0
    assert two.seen_by("nigar") == {two.case}
    with session_scope(two.world.janitor) as session:
        assert end_with_their_consent(session, day=later(181)) == 1
    assert two.seen_by("nigar") == set()
    with pytest.raises(CaseNotFound):
        two.world.read(two.case, "nigar")
    assert two.world.read(two.case).values


def test_a_case_is_erased_for_a_person_who_asks_a_caseworker(two: Two) -> None:
    two.world.hire("aydan", StaffRole.SUPERVISOR)
    for login in ("samir", "leyla"):
        signed_in = two.world.signed_in(login)
        if login == "samir":
            with pytest.raises(NotPermitted, match="owner"), session_scope(two.world.console) as session:
                erase_for_person(session, signed_in=signed_in, case_id=two.case)
            continue
        with session_scope(two.world.console) as session:
            receipt = erase_for_person(session, signed_in=signed_in, case_id=two.case)
    with pytest.raises(CaseNotFound):
        two.world.read(two.case)
    assert two.world.count(CaseKey) == 0
    with session_scope(two.world.janitor) as session:
        assert purge(session, now=dt.datetime.now(tz=dt.UTC)).cases == (two.case,)
    with session_scope(two.world.engine) as session:
        found = find_receipt(session, receipt)
    assert found is not None
