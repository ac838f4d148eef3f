"""A person who fills in the form whatever happens, and begins again when told that it was cut off."""

import asyncio

from tests.system.bot_api import ME, Message, Person, buttons, payload_of
from tests.system.people import CODE

PATIENCE_SECONDS = 240.0
PRESSES = (
    "referral_send",
    "intake_next",
    "consent_give",
    "choose:topic.work",
    "choose:age.25_59",
    "choose:gender.any",
    "intake_resume",
)
SKIPS = "skip"


async def until_code(person: Person, story: str, *, contact: str) -> str:
    """Answer each question as it comes; return the code that the bot announces."""
    told = False
    await person.send("/menu")
    while True:
        message = await person.expect(lambda m: bool(buttons(m)) or bool(CODE.search(m["text"])), PATIENCE_SECONDS)
        person.seen = message["message_id"]
        found = CODE.search(message["text"])
        if found:
            return found[0]
        offered = {payload_of(entry): entry for entry in buttons(message)}
        wanted = [*PRESSES, f"choose:contact.{contact}", "choose:safe_time.any"]
        press = next((name for name in wanted if name in offered), None)
        if press is not None:
            person.press_on(message, offered[press])
        elif SKIPS in offered and not told:
            told = True
            await person.send(story)
        elif SKIPS in offered:
            person.press_on(message, offered[SKIPS])
        elif "request_help" in offered:
            told = False
            person.press_on(message, offered["request_help"])


async def open_all(people: list[Person], stories: list[str]) -> list[str]:
    """Let all of them open a referral at once; every other one asks the bot to write, the others ask with the code."""
    pairs = enumerate(zip(people, stories, strict=True))
    tasks = [until_code(person, story, contact="push" if n % 2 else "pull") for n, (person, story) in pairs]
    return await asyncio.gather(*tasks)


def codes_shown(person: Person) -> set[str]:
    """Return every code that stands in a person's chat."""
    return {found for m in person.chat.values() if m["from"] is ME for found in CODE.findall(text_of(m))}


def text_of(message: Message) -> str:
    """Return the words of a message."""
    return str(message["text"])
