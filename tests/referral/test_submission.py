"""What the gateway hands over is checked before anything is done with it."""

import json
from typing import Any

import pytest

from referral import submission_from_json, submission_to_json
from referral.errors import BadSubmission
from tests.referral.conftest import World


def test_a_referral_travels_as_json(world: World) -> None:
    submission = world.submission(chat=5)
    assert submission_from_json(json.loads(json.dumps(submission_to_json(submission)))) == submission


@pytest.mark.parametrize("field", sorted(["case_id", "public_key", "fields", "code_tag", "day", "epoch", "consents"]))
def test_a_broken_submission_is_refused_by_name(world: World, field: str) -> None:
    with pytest.raises(BadSubmission, match=field):
        submission_from_json(submission_to_json(world.submission()) | {field: "?"})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("fields", 0), "text"),
        (("fields", 0, "field"), "they keep my passport"),
        (("fields", 0, "field"), "x" * 41),
        (("fields", 0, "seq"), True),
        (("fields", 0, "seq"), -1),
        (("fields", 0, "sealed"), "bm90IHNlYWxlZA=="),
        (("fields", 0, "signature"), ""),
        (("consents", 0, "recipient"), "everybody"),
        (("consents", 0, "purpose"), "she told us: 'help'"),
        (("route_tag",), None),
        (("epoch",), False),
    ],
)
def test_nothing_but_what_belongs_there_gets_in(world: World, place: tuple[str | int, ...], value: object) -> None:
    raw: Any = submission_to_json(world.submission(chat=5))
    inner = raw
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(BadSubmission):
        submission_from_json(raw)


def test_a_submission_without_fields_is_refused(world: World) -> None:
    with pytest.raises(BadSubmission, match="fields"):
        submission_from_json(submission_to_json(world.submission()) | {"fields": []})
