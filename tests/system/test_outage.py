"""With Rasa stopped, danger is still answered at once, and the rest is answered later, and the person knows it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox.client import SandboxClient
from tests.system.people import LOCALES, choose_language, has_button
from tests.system.running import System, running_system

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
SOON = LOCALES.text("try_again_soon", "en").strip().splitlines()[0][3:30]
Act = Callable[[System], None]


@pytest.mark.parametrize(
    ("stop", "go_on"),
    [(lambda s: s.kill("rasa"), lambda s: None), (lambda s: s.pause("rasa"), lambda s: s.resume("rasa"))],
    ids=["dead", "hanging"],
)
async def test_danger_is_answered_without_rasa_and_the_rest_later(tmp_path: Path, stop: Act, go_on: Act) -> None:
    with running_system(tmp_path) as system:
        async with SandboxClient(system.chat) as client:
            person, leaving = await client.person("Sevda", "en"), await client.person("Rustam", "en")
            await choose_language(person, "en")
            stop(system)
            began = time.monotonic()
            await person.send("my husband is hitting me help")
            await person.expect("112")
            assert time.monotonic() - began < 1.0
            await person.expect(SOON, 15)
            await leaving.send("/exit")
            await leaving.expect(LOCALES.text("exit_done", "en").strip().splitlines()[0][3:20], 5)
            await person.send("what is the minimum wage")
            go_on(system)
            await person.expect(has_button("request_help:work"), 120)
