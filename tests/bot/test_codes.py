"""Codes: guessing is slow and tells nothing, and nobody who has a right one waits long."""

import asyncio
import re
import statistics
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.codes import Codes, Wait
from bot.gateway.conversation import Conversation
from bot.gateway.incoming import Incoming, InputKind
from bot.gateway.rasa_client import RasaUnavailable
from bot.gateway.state import State
from bot.gateway.throttle import FREE_TRIES, LONGEST_PAUSE, Throttle
from referral import erase, session_scope, status_for_code, withdraw
from referral.crypto import CodeKeys, derive_code, parse_code
from tests.bot.chat.world import UPDATES, ChatWorld
from tests.referral.conftest import World, code_of

KEY = bytes(range(32))
RIGHT = f"{1:016d}"  # of `World.open(1)`; its check digit is wrong, as that of most made-up codes


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Return the present moment."""
        return self.now


@pytest.fixture
def state(tmp_path: Path) -> State:
    """A fresh memory of the gateway."""
    return State(tmp_path / "gateway.db", KEY)


def test_ten_thousand_guesses_cost_a_derivation_each_or_a_pause(state: State) -> None:
    throttle, clock, derived = Throttle(state), Clock(), 0
    begin = clock.now
    for _guess in range(10_000):
        pause = throttle.pause("a", now=clock.now)
        assert 0 <= pause <= LONGEST_PAUSE
        clock.now += pause  # a guesser who waits as long as they must
        throttle.tried("a", now=clock.now)
        derived += 1
    assert derived == 10_000
    assert clock.now - begin > (10_000 - FREE_TRIES - 4) * LONGEST_PAUSE


def test_a_guesser_who_does_not_wait_gets_nothing_and_locks_nobody_out_for_longer(state: State) -> None:
    throttle, clock = Throttle(state), Clock()
    allowed = 0
    for second in range(3600):
        clock.now = 1_000_000.0 + second
        if throttle.pause("a", now=clock.now) == 0:
            throttle.tried("a", now=clock.now)
            allowed += 1
    assert allowed <= FREE_TRIES + 3600 / LONGEST_PAUSE + 4
    assert throttle.pause("a", now=clock.now) <= LONGEST_PAUSE
    assert throttle.pause("b", now=clock.now) == 0


@given(steps=st.lists(st.floats(min_value=-7200, max_value=7200), max_size=30))
def test_whatever_the_clock_does_nobody_waits_for_more_than_a_minute(steps: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder) / "gateway.db", KEY)
        throttle, clock = Throttle(state), Clock()
        for step in steps:
            clock.now += step
            throttle.tried("a", now=clock.now)
            assert 0 <= throttle.pause("a", now=clock.now) <= LONGEST_PAUSE
        state.close()


def test_the_first_tries_are_free_and_the_pauses_grow_to_a_minute(state: State) -> None:
    throttle, clock = Throttle(state), Clock()
    pauses = []
    for _ in range(FREE_TRIES + 5):
        pauses.append(throttle.pause("a", now=clock.now))
        clock.now += pauses[-1]
        throttle.tried("a", now=clock.now)
    assert pauses == [0, 0, 0, 0, 0, 8, 16, 32, 60, 60]


def test_a_right_code_does_not_begin_the_count_anew(state: State) -> None:
    throttle, clock = Throttle(state), Clock()
    for number in range(40):  # a guesser with a request of their own
        clock.now += throttle.pause("a", now=clock.now)
        throttle.tried("a", now=clock.now)
        if number % 4 == 3:
            throttle.was_right("a", now=clock.now)
    assert throttle.pause("a", now=clock.now) == LONGEST_PAUSE


def test_an_hour_without_a_wrong_code_forgets_them(state: State) -> None:
    throttle, clock = Throttle(state), Clock()
    for _ in range(20):
        throttle.tried("a", now=clock.now)
    assert throttle.pause("a", now=clock.now + 3599) == 0
    throttle.tried("a", now=clock.now + 3600)
    assert state.code_tries("a")[0] == 1


def test_the_count_outlives_a_restart_and_a_wiped_chat(tmp_path: Path) -> None:
    clock = Clock()
    first = State(tmp_path / "gateway.db", KEY)
    for _ in range(FREE_TRIES + 3):
        Throttle(first).tried("a", now=clock.now)
    first.forget("a")
    first.close()
    assert Throttle(State(tmp_path / "gateway.db", KEY)).pause("a", now=clock.now) == LONGEST_PAUSE


async def test_one_derivation_at_a_time_and_one_waiting_of_each_chat(state: State) -> None:
    codes = Codes(bytes(16), Throttle(state))
    jobs = [asyncio.create_task(codes.derive("a", f"{n:016d}", update_id=n)) for n in range(3)]
    other = asyncio.create_task(codes.derive("b", RIGHT, update_id=9))
    first, second, third = await asyncio.gather(*jobs)
    assert isinstance(first, CodeKeys)
    assert [second, third] == [Wait(1), Wait(1)]
    assert isinstance(await other, CodeKeys)


async def test_who_leaves_while_a_code_is_worked_on_gains_no_second_one(state: State) -> None:
    codes = Codes(bytes(16), Throttle(state))
    job = asyncio.create_task(codes.derive("a", RIGHT, update_id=1))
    await asyncio.sleep(0)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    assert state.code_tries("a")[0] == 1
    answer = await codes.derive("a", RIGHT, update_id=2)
    assert isinstance(answer, Wait) or state.code_tries("a")[0] == 2


async def test_the_same_message_again_costs_nothing(state: State) -> None:
    codes = Codes(bytes(16), Throttle(state))
    first = await codes.derive("a", RIGHT, update_id=1)
    for _ in range(20):
        assert await codes.derive("a", RIGHT, update_id=1) is first
    assert state.code_tries("a")[0] == 1


async def test_a_message_that_waits_for_rasa_is_one_try(chats: ChatWorld) -> None:
    person, gateway = chats.person(), chats.gateway
    chats.world.open(1)
    chats.dialogue.down = True
    incoming = Incoming(next(UPDATES), person.chat_id, InputKind.TEXT, RIGHT, 7, None, "en")
    for _ in range(FREE_TRIES + 5):
        with pytest.raises(RasaUnavailable):
            await Conversation(gateway, incoming, person.sender, gateway.state.chat(person.sender)).handle()
    assert gateway.state.code_tries(person.sender)[0] == 1
    chats.dialogue.down = False
    await Conversation(gateway, incoming, person.sender, gateway.state.chat(person.sender)).handle()
    assert "Request of" in person.text
    assert gateway.state.code_tries(person.sender)[0] == 0


async def test_every_wrong_code_gets_the_same_words(chats: ChatWorld) -> None:
    world = chats.world
    for number in (1, 2):
        world.open(number)
    with session_scope(world.engine) as session:
        withdrawn = status_for_code(session, code_tag=code_of(1).tag)
        erased = status_for_code(session, code_tag=code_of(2).tag)
        assert withdrawn is not None
        assert erased is not None
        assert withdraw(session, case_id=withdrawn.case_id, proof=code_of(1).tag)
        assert erase(session, case_id=erased.case_id, proof=code_of(2).tag)
    checked = "4539 1488 0343 6467"
    assert parse_code(checked) is not None
    assert parse_code("4539 1488 0343 6468") is None
    said: list[list[tuple[str, list[str]]]] = []
    for code in (f"{1:016d}", f"{2:016d}", checked, "4539 1488 0343 6468"):
        person = chats.person(100 + len(said))
        await person.send(code)
        said.append([(m["text"], [b["text"] for row in m["rows"] for b in row]) for m in person.new])
    assert all(words == said[0] for words in said)
    assert "I found no request for this code" in said[0][0][0]


async def test_too_few_digits_are_a_slip_and_cost_nothing(chats: ChatWorld) -> None:
    person = chats.person()
    await person.send("1234 5678 9012 345")
    assert "16 digits" in person.text
    assert chats.gateway.state.code_tries(person.sender)[0] == 0


async def test_after_five_wrong_codes_the_text_says_how_long_to_wait(chats: ChatWorld) -> None:
    person = chats.person()
    for number in range(FREE_TRIES):
        await person.send(f"{7000 + number:016d}")
    await person.send(f"{7999:016d}")
    found = re.search(r"Please wait (\d+) seconds", person.text)
    assert found
    assert 1 <= int(found[1]) <= 8


def test_looking_up_takes_as_long_for_every_wrong_code(world: World) -> None:
    """The part after the derivation: a withdrawn request, an erased one, and a code that never was."""
    for number in (1, 2):
        world.open(number)
    with session_scope(world.engine) as session:
        for number, deed in ((1, withdraw), (2, erase)):
            view = status_for_code(session, code_tag=code_of(number).tag)
            assert view is not None
            assert deed(session, case_id=view.case_id, proof=code_of(number).tag)
    tags = {"withdrawn": code_of(1).tag, "erased": code_of(2).tag, "never": bytes(32)}
    taken: dict[str, list[float]] = {name: [] for name in tags}
    with session_scope(world.engine) as session:
        for _round in range(300):
            for name, tag in tags.items():
                session.expire_all()
                begin = time.perf_counter()
                assert status_for_code(session, code_tag=tag) is None
                taken[name].append(time.perf_counter() - begin)
    medians = [statistics.median(times) for times in taken.values()]
    assert max(medians) - min(medians) < 0.002, "far below the noise of a derivation, which takes 0.1 s"


def test_a_code_with_a_wrong_check_digit_is_derived_like_any_other() -> None:
    def seconds(code: str) -> float:
        begin = time.perf_counter()
        derive_code(code, pepper=bytes(16))
        return time.perf_counter() - begin

    pairs = [(seconds("4539148803436467"), seconds("4539148803436468")) for _ in range(5)]
    right, wrong = (min(times) for times in zip(*pairs, strict=True))
    assert 0.5 < right / wrong < 2
