"""What three people ask in vain: from the chat to the operator of the console's host, nothing personal on the way."""

import subprocess
import time

import pytest

from bot.sandbox.client import Message, SandboxClient, buttons
from tests.system.people import LOCALES, choose_language, first_line
from tests.system.running import KORPU, System

pytestmark = pytest.mark.slow
ASKED = {
    "Hope Okafor": "my name is Hope Okafor, can I bring my dog with me to Azerbaijan",
    "Grace Adeyemi": "I bring my dog to Azerbaijan, which papers does the dog need, call me +994 50 123 45 67",
    "Joy Mensah": "can I bring a dog to Azerbaijan, I live in Sumgait, hope.mensah@mail.com",
}
PERSONAL = ("hope", "okafor", "sumgait", "994", "4567", "mensah", "@")
NOT_IT = ("none_of_these", "not_helped:")  # beginnings of what one presses when it is not what was meant
SECONDS = 60.0


def shown(system: System) -> str:
    """Return what `korpu content gaps` prints."""
    command = [str(KORPU), "content", "gaps", "--lang", "en"]
    done = subprocess.run(command, env=system.environment, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def way_to_say_so(message: Message) -> str | None:
    """Return the button by which a person says that this is not what they meant; "" where the bot has nothing."""
    if any(first_line(LOCALES.text(name, "en")) in message["text"] for name in ("fallback_sorry", "out_of_scope")):
        return ""
    payloads = [button["callback_data"].rpartition("!")[0] for button in buttons(message)]
    return next((payload for payload in payloads if payload.startswith(NOT_IT)), None)


async def ask_in_vain(client: SandboxClient, name: str, text: str) -> None:
    """Ask, and say that what came is not what was meant."""
    person = await client.person(name, "en")
    await choose_language(person, "en")
    await person.send(text)
    message = await person.expect(lambda came: way_to_say_so(came) is not None)
    if button := way_to_say_so(message):
        await person.press(button)


async def test_three_people_who_ask_alike_are_seen_and_nothing_personal_is(system: System) -> None:
    async with SandboxClient(system.chat) as client:
        for name, text in ASKED.items():
            await ask_in_vain(client, name, text)
    deadline = time.monotonic() + SECONDS
    while "at least 3 people" not in (printed := shown(system)):
        assert time.monotonic() < deadline, printed
    assert "bring my dog" in printed
    assert not [word for word in PERSONAL if word in printed.lower()]
    print(printed)
