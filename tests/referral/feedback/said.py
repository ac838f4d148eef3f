"""What people say in these tests, with the rights of the process that takes it."""

import datetime as dt

from referral import session_scope
from referral.enums import GapKind
from referral.feedback.content_key import read_content_key
from referral.feedback.doubts import doubted_facts
from referral.feedback.gaps import NewGap, store_gap
from referral.feedback.noting import ShownAnswer, note_feedback
from referral.feedback.person import Person
from referral.feedback.reporting import report_number
from tests.referral.conftest import World

DAY = dt.date(2026, 11, 27)
NUMBER = "hotline_labour"


def person(world: World, chat: int) -> Person:
    """Return who writes in a chat."""
    return Person(chat, world.secret("index_key"))


def say(
    world: World, chat: int, *, helpful: bool, intent: str = "work_passport_kept", version: str = "0a1b2c3d"
) -> bool:
    """Press a button below an answer."""
    answer = ShownAnswer(intent, "az", version)
    with session_scope(world.relay) as session:
        return note_feedback(session, person=person(world, chat), answer=answer, helpful=helpful, day=DAY)


def report(world: World, chat: int, *, fact: str = NUMBER, days: int = 0) -> bool:
    """Report a number."""
    with session_scope(world.relay) as session:
        return report_number(
            session,
            person=person(world, chat),
            fact=fact,
            language="az",
            intent="work_passport_kept",
            day=DAY + dt.timedelta(days=days),
        )


def doubted(world: World) -> dict[str, int]:
    """Return what the gateway takes to be doubted."""
    with session_scope(world.relay) as session:
        return doubted_facts(session)


def ask(world: World, chat: int, text: str, *, days: int = 0) -> None:
    """Ask something that has no answer."""
    gap = NewGap("az", GapKind.FALLBACK, text)
    key, day = read_content_key(world.data_dir), DAY + dt.timedelta(days=days)
    with session_scope(world.relay) as session:
        store_gap(session, person=person(world, chat), gap=gap, content_key=key, day=day)
