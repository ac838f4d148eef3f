"""What editors see: groups of at least three people, and the beginning of an answer to one."""

import datetime as dt
from pathlib import Path

import pytest

from bot.cli import gaps as command
from bot.content.scaffold import read_asked
from bot.errors import OperatorError
from bot.gaps.board import Need, needs, stub
from bot.gaps.nearest import nearest_intents
from bot.intents import Payload, load_catalogue, parse_payload
from bot.settings import Settings
from referral import session_scope
from referral.enums import GapKind
from referral.feedback.content_key import read_content_key
from referral.feedback.gaps import NewGap, store_gap
from referral.feedback.person import Person
from referral.feedback.private_key import read_private_content_key
from tests.referral.conftest import World

BANK = ("how to open a bank account", "can i open a bank account […]", "bank account for foreigners open")
DAY = dt.date(2026, 11, 27)
ONLY_SQLITE = pytest.mark.databases("sqlite")


def ask(world: World, chat: int, text: str, *, day: dt.date = DAY, intent: str | None = None) -> None:
    """Store what somebody asked."""
    kind = GapKind.FALLBACK if intent is None else GapKind.UNHELPFUL
    with session_scope(world.relay) as session:
        store_gap(
            session,
            person=Person(chat, world.secret("index_key")),
            gap=NewGap("en", kind, text, intent),
            content_key=read_content_key(world.data_dir),
            day=day,
        )


def seen(world: World) -> list[Need]:
    """Return what an editor sees."""
    with session_scope(world.console) as session:
        return needs(session, private_key=read_private_content_key(world.data_dir))


def test_three_people_are_seen_and_two_are_not(world: World) -> None:
    for chat in (1, 2):
        ask(world, chat, BANK[chat])
        ask(world, chat, BANK[0])
    assert seen(world) == []
    ask(world, 3, BANK[0], intent="life_bank")
    (need,) = seen(world)
    assert (need.language, need.messages, need.people, need.last_day) == ("en", 5, 3, DAY)
    assert (need.fallbacks, need.unhelpful, len(need.ids)) == (4, ("life_bank",), 5)
    assert set(need.examples) == set(BANK)


def test_one_person_in_three_months_is_not_seen(world: World) -> None:
    for month in (9, 10, 11):
        ask(world, 1, BANK[0], day=dt.date(2026, month, 1))
    assert seen(world) == []


def need_of(examples: tuple[str, ...], nearest: tuple[str, ...] = ()) -> Need:
    """Return a group."""
    return Need("en", 3, 3, examples, nearest, 3, (), DAY, ())


def test_a_stub_has_a_name_that_is_free_a_topic_and_examples_without_gaps() -> None:
    begun = stub(need_of(BANK, ("stay_family", "life_bank")))
    assert begun.topic == "stay"
    assert begun.intent not in load_catalogue().by_name
    assert begun.intent.startswith("stay_")
    assert "bank" in begun.intent
    assert begun.title.lower().startswith(("bank", "account"))
    assert begun.examples == {"en": [BANK[0], BANK[2]]}


def test_a_stub_without_whole_examples_takes_them_without_their_gaps() -> None:
    begun = stub(need_of(("can i bring my […] here", "bring […] with me")))
    assert begun.examples == {"en": ["can i bring my here", "bring with me"]}
    assert begun.topic == "life"


def test_a_stub_never_takes_a_name_that_there_is() -> None:
    taken = load_catalogue().by_name
    begun = [stub(need_of(("hello",), (name,))) for name in load_catalogue().answers]
    assert not {made.intent for made in begun} & taken.keys()
    assert all(parse_payload(made.intent) == Payload(made.intent) for made in begun)
    assert all(0 < len(made.title) <= 32 for made in begun)


def test_an_answer_that_the_catalogue_has_no_more_changes_nothing() -> None:
    assert stub(need_of(BANK, ("gone", "stay_family"))).topic == "stay"


def test_without_a_model_there_are_no_nearest_answers(tmp_path: Path) -> None:
    assert nearest_intents(BANK, tmp_path) == ()


def settings(world: World) -> Settings:
    """Return the settings of the console's host."""
    url = world.engine.url.render_as_string(hide_password=False)
    return Settings.from_env({"KORPU_DATA_DIR": str(world.data_dir), "KORPU_DATABASE_URL": url})


@ONLY_SQLITE
def test_the_command_shows_the_groups_and_writes_examples(world: World, tmp_path: Path) -> None:
    assert list(command.lines_of(command.open_needs(settings(world)))) == [
        "No question without an answer was asked by three people or more."
    ]
    for chat, text in enumerate(BANK):
        ask(world, chat, text)
    found = command.open_needs(settings(world))
    shown = "\n".join(command.lines_of(found))
    assert "1. en: at least 3 people, 3 messages, 2026-11-27" in shown
    assert all(f"   - {text}" in shown for text in BANK)
    assert "korpu content new-answer " in shown
    assert command.open_needs(settings(world), "az") == []
    command.write_examples(found, 1, tmp_path / "asked.yml")
    assert {code: set(texts) for code, texts in read_asked(tmp_path / "asked.yml").items()} == {
        "en": {BANK[0], BANK[2]}
    }
    with pytest.raises(OperatorError, match="There is no group 2"):
        command.write_examples(found, 2, tmp_path / "asked.yml")


@ONLY_SQLITE
def test_without_the_private_key_the_command_says_where_to_run_it(world: World) -> None:
    (world.data_dir / "secrets" / "content_key").unlink()
    with pytest.raises(OperatorError, match="only the console's host"):
        command.open_needs(settings(world))
