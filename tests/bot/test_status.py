"""What a person is told of their request, and what they can do with it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from referral import session_scope
from referral.crypto import open_route
from referral.enums import HoldReason, LegalBasis, OutboxState, SharingKind, StaffRole
from referral.models import CaseDeadline, CaseKey, CaseReferral, ConsentRecord, OutboxRow, RouteRow, Tombstone
from referral.recipients import SUPPORT, Recipient
from referral.safe_contact import SafeContact
from referral.service.asking import override_consent
from referral.service.common import today
from referral.service.erasure import find_receipt
from referral.service.holds import place_hold
from referral.service.sharing import Shared, share
from tests.bot.chat.telegram import payloads
from tests.bot.chat.world import ChatWorld, Person

CHAT = 5
CODE = f"{1:016d}"


def shared_case(chats: ChatWorld, recipient: Recipient) -> UUID:
    """Return a case of chat 5 that was shared by a supervisor's decision."""
    world = chats.world
    world.hire("boss", StaffRole.SUPERVISOR)
    case, boss = world.open(chat=CHAT), world.signed_in("boss")
    world.take(case)
    with session_scope(world.engine) as session:
        override_consent(
            session,
            signed_in=boss,
            case_id=case,
            recipient=recipient,
            purpose=SUPPORT,
            basis=LegalBasis.VITAL_INTEREST,
            reason="a reason",
        )
        share(
            session,
            signed_in=boss,
            trust=world.trust,
            case_id=case,
            shared=Shared(recipient, SharingKind.REFERRAL, "a note"),
        )
    return case


def sharing_of(chats: ChatWorld) -> UUID:
    """Return the one sharing that there is."""
    with session_scope(chats.world.engine) as session:
        return session.scalars(select(CaseReferral.id)).one()


async def status(person: Person) -> str:
    """Return what /status says."""
    await person.send("/status")
    return person.text


async def test_each_access_is_told_by_role_organisation_and_time(chats: ChatWorld) -> None:
    case = chats.world.open(chat=CHAT)
    chats.world.take(case)
    chats.world.reply(case)
    told = await status(chats.person(CHAT))
    assert "an intake worker of Org took it" in told
    assert "an intake worker of Org answered" in told
    assert "leyla" not in told


async def test_a_sharing_without_consent_says_so_and_why(chats: ChatWorld) -> None:
    partner = chats.world.partner(name="Partner & Sons")
    case = shared_case(chats, Recipient(organisation_id=partner.organisation_id))
    person = chats.person(CHAT)
    told = await status(person)
    assert "Partner &amp; Sons" in told
    assert "They have not answered yet. Decided without your agreement: to protect a life" in told
    assert "a supervisor of Org decided to share it without your agreement" in told
    row = next(row for row in person.new[0]["rows"] if "unshare_ask" in row[0]["callback_data"])
    assert row[0]["text"] == "Stop sharing: Partner & Sons"
    assert f"write_case:{case.hex}" in payloads(person.new[0])


async def test_sharing_can_be_stopped_and_the_recipients_keys_go(chats: ChatWorld) -> None:
    partner = chats.world.partner()
    case = shared_case(chats, Recipient(organisation_id=partner.organisation_id))
    person, sharing = chats.person(CHAT), sharing_of(chats)
    await status(person)
    await person.press(f"unshare_ask:{sharing.hex}")
    assert "stop sharing with Partner?" in person.text
    await person.press(f"unshare_yes:{sharing.hex}")
    assert "no longer shared with Partner" in person.text
    with session_scope(chats.world.engine) as session:
        holders = session.scalars(select(CaseKey.organisation_id).where(CaseKey.case_id == case)).all()
    assert partner.organisation_id not in holders
    assert "Partner: stopped" in await status(person)
    assert f"unshare_ask:{sharing.hex}" not in payloads(person.new[0])


async def test_nobody_else_can_stop_it(chats: ChatWorld) -> None:
    shared_case(chats, Recipient(provider="shelter-baku"))
    sharing, person, stranger = sharing_of(chats), chats.person(CHAT), chats.person(6)
    await stranger.send(f"unshare_yes:{sharing.hex}")
    assert "closed, taken back or deleted" in stranger.text
    assert "shelter-baku, since" in await status(person)


async def test_a_long_name_does_not_break_the_button(chats: ChatWorld) -> None:
    partner = chats.world.partner(name="The Association for Migrants and their Families in Baku")
    shared_case(chats, Recipient(organisation_id=partner.organisation_id))
    person = chats.person(CHAT)
    await status(person)
    titles = [button["text"] for row in person.new[0]["rows"] for button in row]
    assert all(len(title) <= 34 for title in titles)


async def test_until_when_it_is_kept_and_that_staff_hold_it(chats: ChatWorld) -> None:
    world = chats.world
    world.hire("boss", StaffRole.SUPERVISOR)
    case = world.open(chat=CHAT)
    person = chats.person(CHAT)
    told = await status(person)
    assert "It is deleted 90 days after it is closed." in told
    assert "Your agreement ends on" in told
    world.take(case)
    world.close(case)
    until = today() + dt.timedelta(days=200)
    with session_scope(world.engine) as session:
        place_hold(session, signed_in=world.signed_in("boss"), case_id=case, reason=HoldReason.COURT, until_day=until)
    told = await status(person)
    assert "It is deleted on" in told
    assert "Staff decided to keep it at least until" in told
    assert "decided to keep it longer" in told


async def test_a_late_answer_is_admitted_with_numbers(chats: ChatWorld) -> None:
    chats.world.open(chat=CHAT)
    person = chats.person(CHAT)
    assert "in the time that we set ourselves" not in await status(person)
    with session_scope(chats.world.engine) as session:
        session.scalars(select(CaseDeadline)).one().respond_by = dt.datetime.now(tz=dt.UTC) - dt.timedelta(minutes=2)
    told = await status(person)
    assert "Nobody has answered in the time that we set ourselves" in told
    assert "112" in told


async def test_what_is_stored_is_told_in_numbers_and_the_asking_is_logged(chats: ChatWorld) -> None:
    case = chats.world.open(chat=CHAT)
    chats.world.take(case)
    chats.world.reply(case)
    person = chats.person(CHAT)
    await status(person)
    await person.press(f"held:{case.hex}")
    for part in (
        "What happened (messages): 1",
        "Messages to you: 1",
        "Your agreements: 1",
        "A link to a Telegram chat",
    ):
        assert part in person.text
    assert "passport" not in person.text
    assert "A caseworker can read it to you" in person.text


async def test_a_code_typed_elsewhere_can_move_the_answers_there(chats: ChatWorld) -> None:
    case = chats.world.open(1, chat=CHAT)
    new_phone = chats.person(77)
    await new_phone.send(CODE)
    await new_phone.press(f"link_chat:{case.hex}")
    assert "From now on the answer comes here" in new_phone.text
    with session_scope(chats.world.engine) as session:
        route = open_route(session.scalars(select(RouteRow.route_box)).one(), route_key=chats.gateway.keys.route_key)
    assert (route.chat_id, route.case_id, route.safe_contact) == (77, case, SafeContact())
    await new_phone.send(CODE)
    assert f"link_chat:{case.hex}" not in payloads(new_phone.new[0])
    chats.world.take(case)
    chats.world.reply(case, "we read it")
    await chats.deliver()
    assert chats.person(CHAT).messages == []
    assert new_phone.messages[-1]["text"] == "There is something new for you here."


async def test_without_a_recent_code_no_chat_is_linked(chats: ChatWorld) -> None:
    case = chats.world.open(1)
    person = chats.person(77)
    await person.send(CODE)
    chats.gateway.codes.forget(person.sender)
    await person.press(f"link_chat:{case.hex}")
    assert "write your code first" in person.text
    assert chats.world.count(RouteRow) == 0


async def test_a_deleted_request_leaves_a_receipt(chats: ChatWorld) -> None:
    case = chats.world.open(chat=CHAT)
    person = chats.person(CHAT)
    await status(person)
    await person.press(f"erase_ask:{case.hex}")
    await person.press(f"erase_yes:{case.hex}")
    receipt = person.text.split("Receipt: ")[1].split("<")[0]
    with session_scope(chats.world.engine) as session:
        assert find_receipt(session, receipt) is not None
    assert "does not say whose it was" in person.text


async def test_deleting_everything_lists_the_receipts(chats: ChatWorld) -> None:
    for number in (1, 2):
        chats.world.open(number, chat=CHAT)
    person = chats.person(CHAT)
    await person.send("/delete")
    await person.press("delete_all")
    assert "Deleted: 2 of your requests" in person.text
    receipts = person.text.split("Receipts: ")[1].split(".")[0].split(", ")
    with session_scope(chats.world.engine) as session:
        assert all(find_receipt(session, receipt) is not None for receipt in receipts)
    assert chats.world.count(Tombstone) == 2


async def test_taking_back_says_what_it_brings(chats: ChatWorld) -> None:
    partner = chats.world.partner()
    case = shared_case(chats, Recipient(organisation_id=partner.organisation_id))
    person = chats.person(CHAT)
    await status(person)
    await person.press(f"withdraw_ask:{case.hex}")
    await person.press(f"withdraw_yes:{case.hex}")
    assert "nobody it was shared with" in person.text
    assert "It is deleted on" in person.text
    assert f"erase_ask:{case.hex}" in payloads(person.new[0])
    with session_scope(chats.world.engine) as session:
        assert session.scalars(select(CaseKey)).all() == []
        assert all(consent.withdrawn_day for consent in session.scalars(select(ConsentRecord)))
    assert "You took this request back" in await status(person)


async def test_names_that_cannot_be_believed_are_not_told(chats: ChatWorld) -> None:
    case = chats.world.open(chat=CHAT)
    chats.world.take(case)
    (chats.world.data_dir / "public" / "manifest.json").write_text("{}")
    told = await status(chats.person(CHAT))
    assert "an intake worker took it" in told
    assert "Org" not in told


async def test_what_waits_is_shown_in_the_order_in_which_it_came(chats: ChatWorld) -> None:
    case = chats.world.open(chat=CHAT)
    chats.world.take(case)
    for text in ("first", "second"):
        chats.world.reply(case, text)
        await chats.deliver()
    person = chats.person(CHAT)
    told = await status(person)
    assert told.index("first") < told.index("second")
    with session_scope(chats.world.engine) as session:
        assert set(session.scalars(select(OutboxRow.state))) == {OutboxState.SENT}
