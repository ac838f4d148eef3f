"""What a log may hold: what failed and where, never what a person wrote."""

import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog
from aiohttp.test_utils import TestClient, TestServer
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from bot.action_server import make_app
from bot.errors import OperatorError
from bot.logs import DiscreetFormatter, configure_structlog_discreetly
from bot.paths import ROOT

CANARY = "they keep my passport in the blue house"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch what the root logger writes in our format."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


def fail_over(text: str) -> None:
    """Fail in the way of a library that quotes its input, inside another failure."""
    try:
        int(text)
    except ValueError as error:
        raise KeyError(text) from error


def test_an_exception_is_logged_with_its_place_and_without_its_message(log: io.StringIO) -> None:
    try:
        fail_over(CANARY)
    except KeyError:
        logging.getLogger("bot").exception("It failed.")
    written = log.getvalue()
    assert CANARY not in written
    assert "fail_over" in written
    assert written.rstrip().endswith("KeyError")
    assert "ValueError" in written


def test_a_message_meant_for_the_operator_is_shown(log: io.StringIO) -> None:
    try:
        raise OperatorError("The disk is full.")
    except OperatorError:
        logging.getLogger("bot").exception("It failed.")
    assert "OperatorError: The disk is full." in log.getvalue()


def test_rasas_structured_events_keep_their_names_only(log: io.StringIO) -> None:
    configure_structlog_discreetly()
    logger = structlog.get_logger("rasa.test")
    logger.warning("message.parsing.failed", user_text=CANARY, action_name="action_menu")
    try:
        fail_over(CANARY)
    except KeyError as error:
        logger.error("turn.failed", exc_info=True, error=error)
    written = log.getvalue()
    assert "message.parsing.failed action_name='action_menu'" in written
    assert "fail_over" in written
    assert CANARY not in written


@pytest.mark.parametrize(("silence", "shown"), [("", True), ("drop_warnings()", False)])
def test_a_warning_that_quotes_a_message_is_dropped_even_if_a_library_switches_warnings_on(
    silence: str, shown: bool
) -> None:
    script = f"""
import warnings
from bot.logs import drop_warnings
{silence}
warnings.simplefilter("always")
warnings.warn("cannot parse {CANARY}")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (CANARY in done.stderr) is shown


class ActionThatFails(Action):
    """Quote the conversation in an error."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_that_fails"

    async def run(self, _dispatcher: object, tracker: object, _domain: object) -> None:
        """Fail."""
        raise RuntimeError(f"cannot work on {tracker.latest_message}")  # type: ignore[attr-defined]


async def test_a_failed_action_gives_nothing_of_the_request_away(log: io.StringIO) -> None:
    executor = ActionExecutor()
    executor.register_action(ActionThatFails)
    call = {
        "next_action": "action_that_fails",
        "tracker": {"sender_id": "p", "slots": {}, "events": [], "latest_message": {"text": CANARY}},
        "domain": {},
    }
    async with TestClient(TestServer(make_app(executor))) as client:
        answer = await client.post("/webhook", json=call)
        body = await answer.text()
    assert answer.status == 500
    assert body == '{"error": "RuntimeError"}'
    assert "action_that_fails" in log.getvalue()
    assert CANARY not in log.getvalue()


async def test_an_unknown_action_is_told_by_its_name(log: io.StringIO) -> None:
    async with TestClient(TestServer(make_app(ActionExecutor()))) as client:
        call = {"next_action": "action_typo", "tracker": {"latest_message": {"text": CANARY}}}
        answer = await client.post("/webhook", json=call)
        assert answer.status == 404
        assert await answer.json() == {"error": "no such action", "action_name": "action_typo"}
        assert (await client.get("/health")).status == 200
    assert CANARY not in log.getvalue()
