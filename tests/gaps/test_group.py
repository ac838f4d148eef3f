"""Groups of alike questions: several people, the same whatever the order, and quick."""

import random
import time

from bot.gaps.group import Asked, Group, group
from bot.gaps.vocabulary import vocabulary_of
from bot.nlu.examples import read_examples
from bot.paths import ROOT

SIM = ["where can i buy a sim card", "how to buy sim card for my phone", "sim card price please", "i need a sim card"]
DOG = ["can i bring my dog with me", "is it allowed to bring a dog", "bring dog to azerbaijan documents"]


def asked(texts: list[str], *, first: int = 0, language: str = "en") -> list[Asked]:
    """Return questions of as many people."""
    return [Asked(text, language, bytes([first + place])) for place, text in enumerate(texts)]


def test_alike_questions_are_one_group() -> None:
    found = group([*asked(SIM), *asked(["how do i get a divorce"], first=50)])
    assert [(made.messages, made.people) for made in found] == [(4, 4)]
    assert set(found[0].examples) == set(SIM)


def test_different_questions_are_different_groups() -> None:
    found = group([*asked(SIM), *asked(DOG, first=20)])
    assert [set(made.examples) for made in found] == [set(SIM), set(DOG)]


def test_one_person_makes_no_group() -> None:
    assert group([Asked(text, "en", b"one") for text in SIM] * 3) == []


def test_two_people_make_no_group() -> None:
    assert group([Asked(text, "en", bytes([place % 2])) for place, text in enumerate(SIM)]) == []


def test_three_people_with_the_same_words_are_one_group() -> None:
    (made,) = group(asked([SIM[0]] * 3))
    assert made == Group("en", 3, 3, (SIM[0],), (0, 1, 2))
    assert made.members == (0, 1, 2)


def test_one_person_in_three_months_makes_no_group() -> None:
    months = ("2026-09", "2026-10", "2026-11")  # the hash of a person changes with the month
    assert group([Asked(SIM[0], "en", month.encode(), month) for month in months]) == []


def test_languages_are_not_mixed() -> None:
    assert group([*asked(SIM[:2]), *asked(SIM[2:], first=10, language="tr")]) == []


def test_no_question_is_in_two_groups() -> None:
    found = group([*asked(SIM), *asked(DOG, first=20)])
    examples = [text for made in found for text in made.examples]
    assert len(examples) == len(set(examples))


def test_the_order_changes_nothing_and_five_thousand_take_no_two_seconds() -> None:
    examples = [example.text for example in read_examples(ROOT / "data" / "nlu") if example.language == "az"]
    many = [Asked(text, "az", bytes([place % 250])) for place, text in enumerate((examples * 2)[:5000])]
    vocabulary_of("az")
    started = time.process_time()
    found = group(many)
    spent = time.process_time() - started
    random.Random(5).shuffle(many)
    assert group(many) == found
    assert len(found) > 20
    print(f"5,000 texts: {spent:.2f} s, {len(found)} groups")
    assert spent < 2
