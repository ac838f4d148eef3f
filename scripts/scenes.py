"""What the scripts that take pictures share: the running system, and people who ask and wait for an answer."""

from dataclasses import dataclass

from bot.sandbox.client import Message, SandboxClient, SimulatedPerson, buttons

PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Running:
    """Where the running system is, and how to sign in."""

    chat: str
    console: str
    login: str
    passphrase: str


async def greeted(client: SandboxClient, name: str, language: str) -> SimulatedPerson:
    """Add a person who has pressed START."""
    person = await client.person(name, language)
    await answered(person, "/start", "request_help")
    return person


async def answered(person: SimulatedPerson, text: str, button: str = "") -> None:
    """Write something and wait for an answer, with this button if one is named."""
    await person.send(text)
    await person.expect(lambda message: offers(message, button))


async def answered_when_asked(person: SimulatedPerson, text: str, button: str) -> None:
    """Write something once the bot has asked for it, and wait for the answer with this button."""
    await person.expect(lambda message: offers(message, "intake_back"))
    await answered(person, text, button)


def offers(message: Message, button: str) -> bool:
    """Tell whether a message has a button, or the one with this title or payload."""
    found = [(entry["text"], entry["callback_data"].rpartition("!")[0]) for entry in buttons(message)]
    return any(button in pair for pair in found) if button else bool(found)
