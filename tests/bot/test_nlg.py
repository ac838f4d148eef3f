"""Rasa's words: what an answer says when it is not sure, and which wording a question of the form has."""

import datetime as dt
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.i18n import LOCALES_DIR, load_locales
from bot.nlg import KorpuNLG
from bot.nlu.decide import UNSURE_BELOW, decide
from tests.bot.chat.dialogue import nlg

UNSURE = "If this is not what you meant:"


async def said(
    name: str, *, words: KorpuNLG | None = None, in_form: bool = False, about: str | None = None, **metadata: Any
) -> dict[str, Any]:
    """Return one message in English."""
    tracker = SimpleNamespace(
        latest_message=SimpleNamespace(metadata={"language": "en"} | metadata),
        active_loop_name="referral_form" if in_form else None,
        get_slot=lambda _name: about,
    )
    message = await (words or nlg()).generate(f"utter_{name}", tracker, "korpu")
    assert message is not None
    return message


def shown(message: dict[str, Any]) -> list[str]:
    """Return the payloads of a message's buttons."""
    return [button["payload"] for row in message["custom"]["rows"] for button in row]


async def test_an_answer_that_is_not_sure_says_so_above_the_others() -> None:
    beside = ["work_contract", "work_hours_leave"]
    message = await said("work_permit", beside=beside, unsure=True)
    assert message["text"].endswith(f"<i>{UNSURE}</i>")
    assert shown(message)[:2] == beside
    assert UNSURE not in (await said("work_permit", beside=beside, unsure=False))["text"]
    assert UNSURE not in (await said("work_permit", beside=[], unsure=True))["text"]


@pytest.mark.parametrize(("confidence", "unsure"), [(0.45, True), (0.59, True), (0.60, False), (0.99, False)])
def test_below_sixty_percent_an_answer_is_not_sure(confidence: float, unsure: bool) -> None:
    ranking = [{"name": "work_permit", "confidence": confidence}, {"name": "work_contract", "confidence": 0.01}]
    understood = decide({"intent_ranking": ranking}, chosen="en", hint=None)
    assert (understood.confidence < UNSURE_BELOW) is unsure


@pytest.mark.parametrize(
    ("about", "wording"),
    [(None, "ask_consent"), ("self", "ask_consent"), ("minor", "ask_consent_minor"), ("other", "ask_consent_other")],
)
async def test_the_consent_is_asked_in_the_wording_of_whom_it_is_about(about: str | None, wording: str) -> None:
    metadata = {"organisation": "Org", "retention_days": 90, "consent_days": 365}
    message = await said("ask_referral_form_intake_consent", in_form=True, about=about, **metadata)
    assert message["custom"]["wording"]["name"] == wording
    assert message["custom"]["wording"]["language"] == "en"


async def test_in_an_open_form_no_button_begins_another_one() -> None:
    outside, inside = await said("work_permit"), await said("work_permit", in_form=True)
    assert "request_help:work" in shown(outside)
    assert not any(payload.startswith("request_help") for payload in shown(inside))
    assert shown(inside).count("intake_resume") == 1
    assert len(shown(inside)) == len(shown(outside))


async def test_an_answer_has_the_version_of_its_text_and_not_of_its_cautions(monkeypatch: pytest.MonkeyPatch) -> None:
    first = (await said("work_permit"))["custom"]["version"]
    assert re.fullmatch("[0-9a-f]{8}", first)
    assert (await said("work_permit", language="ru"))["custom"]["version"] != first
    assert (await said("work_contract"))["custom"]["version"] != first
    monkeypatch.setattr("bot.i18n.present_day", lambda: dt.date(2099, 1, 1))
    overdue = await said("work_permit")
    assert "may have changed" in overdue["text"]
    assert overdue["custom"]["version"] == first
    assert "version" not in (await said("help"))["custom"]


async def test_numbers_that_people_doubt_are_named_below_the_texts_that_show_them() -> None:
    doubted = ["hotline_child", "hotline_emergency", "hotline_trafficking"]
    answer = await said("work_passport_kept", doubted=doubted)
    assert answer["text"].endswith("call ☎\u00a0112: emergencies.</i>")
    assert "told us that ☎\u00a0152 did not answer" in answer["text"]
    assert "told us" not in (await said("work_passport_kept", doubted=["asan"]))["text"]
    assert "told us that ☎\u00a0116111 did not answer" in (await said("minor_note", doubted=doubted))["text"]


async def test_doubts_change_no_word_of_a_consent_and_stand_above_what_else_was_meant() -> None:
    metadata = {"organisation": "Org", "retention_days": 90, "consent_days": 365}
    form = {"in_form": True, "about": "minor", **metadata}
    plain = await said("ask_referral_form_intake_consent", **form)
    assert "116111" in plain["text"]
    assert await said("ask_referral_form_intake_consent", doubted=["hotline_child"], **form) == plain
    unsure = await said("work_passport_kept", beside=["work_permit"], unsure=True, doubted=["hotline_trafficking"])
    assert unsure["text"].index("told us") < unsure["text"].index(UNSURE)


async def test_no_button_leads_to_an_answer_that_the_running_bot_does_not_know() -> None:
    beside = ["finished_after_the_start", "work_contract"]
    assert "finished_after_the_start" not in shown(await said("work_permit", beside=beside))


async def test_an_answer_that_the_release_does_not_have_yet_is_told_as_one_that_the_bot_does_not_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(LOCALES_DIR, tmp_path / "locales")
    answers = tmp_path / "locales" / "source" / "answers.yml"
    old = answers.read_text(encoding="utf-8")
    answers.write_text(old.replace("\nwork_permit:\n", "\nwork_permit:\n  draft: true\n"), encoding="utf-8")
    monkeypatch.setenv("KORPU_LOCALES_DIR", str(tmp_path / "locales"))
    answered = await said("work_permit", words=KorpuNLG())
    assert answered["text"] == load_locales().text("fallback_sorry", "en").strip()
    assert "work_permit" not in shown(await said("work_contract", words=KorpuNLG()))


async def test_nothing_is_said_to_be_meant_when_no_button_for_it_is_left() -> None:
    answered = await said("work_permit", beside=["finished_after_the_start"], unsure=True)
    assert UNSURE not in answered["text"]
    assert shown(answered)[:2] == shown(await said("work_permit"))[:2], "what is related takes its place"
