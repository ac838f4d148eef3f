"""Another organisation is shown what was agreed to, and nothing else of a case that is shared with it."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from referral import open_referral, session_scope
from referral.ceremony import NewOrganisation
from referral.enums import ConsentScope, LegalBasis, SharingKind, StaffRole
from referral.models import ConsentRecord
from referral.recipients import ITEMS, SUPPORT, Recipient
from referral.service.asking import override_consent, record_spoken_consent
from referral.service.notes import add_note
from referral.service.opened import OpenCase
from referral.service.sharing import Shared, share
from tests.referral.conftest import World

CHOICES = {"topic": "work", "age": "25_59", "contact": "push", "safe_time": "evening", "about": "self", "new": "x"}


def full_case(world: World) -> UUID:
    """Open a case with everything that can be withheld, and take it."""
    made = world.submission(chat=5, narrative="they keep my passport")
    told = {"choices": json.dumps(CHOICES), "place": "near the port", "code_word": "sunflower"}
    key = made.public_key
    fields = [world.field(made.case_id, key, "case_field", name, 5, text) for name, text in told.items()]
    with session_scope(world.bot) as session:
        open_referral(session, submission=replace(made, fields=(*made.fields, *fields)))
    signed_in = world.take(made.case_id)
    with session_scope(world.console) as session:
        add_note(session, signed_in=signed_in, case_id=made.case_id, text="between us only")
    return made.case_id


def agree(
    world: World, case: UUID, to: NewOrganisation, *items: str, scope: ConsentScope = ConsentScope.OWN
) -> ConsentRecord:
    """Write down a consent by voice."""
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        found = record_spoken_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=Recipient(organisation_id=to.organisation_id),
            purpose=SUPPORT,
            shared=items,
            scope=scope,
            wording_version="voice",
            words="asked in full, said yes",
        )
        return session.get_one(ConsentRecord, found)


def refer(world: World, case: UUID, to: NewOrganisation) -> None:
    """Share the case."""
    signed_in = world.signed_in()
    shared = Shared(Recipient(organisation_id=to.organisation_id), SharingKind.REFERRAL, "please help")
    with session_scope(world.console) as session:
        share(session, signed_in=signed_in, trust=world.trust, case_id=case, shared=shared)


def fields(case: OpenCase) -> dict[str, str]:
    """Return what is shown, by name."""
    return {value.field: value.text for value in case.values}


def test_only_what_was_agreed_to_is_shown(world: World) -> None:
    partner, case = world.partner(), full_case(world)
    agree(world, case, partner, "narrative", "age")
    refer(world, case, partner)
    shown = world.read(case, "nigar")
    told = fields(shown)
    assert told["narrative"] == "they keep my passport"
    assert json.loads(told["choices"]) == {"age": "25_59", "about": "self"}  # nobody agreed to what is new
    assert {"place", "code_word", "note"}.isdisjoint(told)
    assert "topic" not in json.loads(told["index"])
    assert shown.withheld == ("contact", "topic", "place", "messages", "assessment")
    assert fields(world.read(case))["note"] == "between us only"
    assert world.read(case).withheld == ()


def test_messages_are_shown_only_with_consent_but_ones_own_always(world: World) -> None:
    partner, case = world.partner(), full_case(world)
    world.reply(case, "a word of the owner")
    agree(world, case, partner, "contact", "narrative")
    refer(world, case, partner)
    world.reply(case, "a word of the partner", login="nigar")
    assert [message.text for message in world.read(case, "nigar").messages] == ["a word of the partner"]
    assert len(world.read(case).messages) == 2


def test_a_minors_consent_shares_no_more_than_the_guardians(world: World) -> None:
    partner, case = world.partner(), full_case(world)
    agree(world, case, partner, *ITEMS, scope=ConsentScope.MINOR)
    agree(world, case, partner, "narrative", scope=ConsentScope.GUARDIAN)
    refer(world, case, partner)
    shown = fields(world.read(case, "nigar"))
    assert "narrative" in shown
    assert "place" not in shown


def test_a_minors_own_word_by_voice_is_a_minors(world: World) -> None:
    partner = world.partner()
    made = world.submission()
    minor = replace(made.consents[0], scope=ConsentScope.MINOR)
    with session_scope(world.bot) as session:
        open_referral(session, submission=replace(made, consents=(minor,)))
    world.take(made.case_id)
    assert agree(world, made.case_id, partner, "narrative").scope is ConsentScope.MINOR


def test_nothing_is_shown_by_a_consent_that_somebody_changed(world: World) -> None:
    partner, case = world.partner(), full_case(world)
    consent = agree(world, case, partner, *ITEMS)
    refer(world, case, partner)
    with session_scope(world.engine) as session:
        session.get_one(ConsentRecord, consent.id).signature = bytes(64)
    assert set(fields(world.read(case, "nigar"))) == {"index", "choices"}


def test_others_with_whom_it_is_shared_are_not_told(world: World) -> None:
    partner, third, case = world.partner(), world.partner("arzu", "Third"), full_case(world)
    for organisation in (partner, third):
        agree(world, case, organisation, "narrative")
        refer(world, case, organisation)
    shown = world.read(case, "nigar")
    own = str(partner.organisation_id)
    assert {row.to_organisation_id for row in shown.sharings} == {partner.organisation_id}
    assert ({row.recipient for row in shown.consents}, shown.requests) == ({own}, ())


def test_a_decision_without_consent_shares_the_case_but_not_its_reason(world: World) -> None:
    partner, case = world.partner(), full_case(world)
    world.hire("vusal", StaffRole.SUPERVISOR)
    signed_in = world.signed_in("vusal")
    recipient = Recipient(organisation_id=partner.organisation_id)
    with session_scope(world.console) as session:
        override_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=recipient,
            purpose=SUPPORT,
            basis=LegalBasis.VITAL_INTEREST,
            reason="their life is in danger",
        )
    refer(world, case, partner)
    shown = world.read(case, "nigar")
    assert (shown.withheld, shown.overrides) == ((), ())
    assert fields(shown)["place"] == "near the port"


@pytest.mark.parametrize("text", ["not JSON", "[]"])
def test_a_record_of_answers_that_cannot_be_read_shows_nothing(world: World, text: str) -> None:
    partner = world.partner()
    made = world.submission()
    choices = world.field(made.case_id, made.public_key, "case_field", "choices", 0, text)
    with session_scope(world.bot) as session:
        open_referral(session, submission=replace(made, fields=(*made.fields, choices)))
    world.take(made.case_id)
    agree(world, made.case_id, partner, "age")
    refer(world, made.case_id, partner)
    assert fields(world.read(made.case_id, "nigar"))["choices"] == ""
