"""`korpu understand` and `korpu gate` answer as the fixed interface says (architecture §8)."""

import json
import subprocess

import pytest

from tests.system.running import KORPU

pytestmark = pytest.mark.slow
LINES = [
    "how do i get a work permit",
    "my husband is beating me help",
    "я не хочу жить",
    "qwzx plmk vbn",
    "",
    "/work_permit{}",
]


def run(*arguments: str) -> list[dict[str, object]]:
    """Run a command with one message a line; return one object a line."""
    done = subprocess.run(
        [str(KORPU), *arguments], input="\n".join(LINES) + "\n", capture_output=True, text=True, check=True, timeout=120
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_understand_prints_one_object_a_line() -> None:
    answers = run("understand", "--lang", "en")
    assert len(answers) == len(LINES)
    for answer in answers:
        assert {"language", "intent", "confidence", "ranking", "outcome", "choices", "danger", "ms"} <= set(answer)
        assert answer["outcome"] in {"answer", "choose", "fallback"}
        assert len(answer["choices"]) <= 3  # type: ignore[arg-type]
        assert bool(answer["choices"]) == (answer["outcome"] == "choose")
    permit, beaten, tired, *_rest = answers
    assert (permit["intent"], permit["outcome"], permit["language"]) == ("work_permit", "answer", "en")
    assert len(permit["ranking"]) == 10  # type: ignore[arg-type]
    assert (beaten["danger"], tired["danger"]) == ("danger_now", "self_harm")
    assert tired["language"] == "ru"
    assert answers[4]["outcome"] == "fallback"


def test_the_gate_alone_prints_what_it_saw_and_by_what() -> None:
    answers = run("gate")
    assert [answer["danger"] for answer in answers[:3]] == [None, "danger_now", "self_harm"]
    assert all(set(answer) == {"danger", "by", "ms"} for answer in answers)
    assert {answer["by"] for answer in answers} <= {None, "lexicon", "model"}
    assert sorted(float(str(answer["ms"])) for answer in answers)[len(answers) // 2] < 5
