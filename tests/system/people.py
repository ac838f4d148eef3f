"""What people do in the chat, told once for all tests."""

import re
from collections.abc import Callable
from typing import Protocol

from bot.i18n import Locales, load_locales
from bot.sandbox.client import Message, buttons

LOCALES: Locales = load_locales()
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


class AnyPerson(Protocol):
    """A person of whichever Bot API server."""

    async def send(self, text: str) -> int:
        """Write a text."""

    async def press(self, button: str) -> int:
        """Press the newest button with this title or payload."""

    async def expect(self, wanted: str | Callable[[Message], bool], seconds: float = 20.0) -> Message:
        """Return the first new message that fits."""


def label(key: str, language: str) -> str:
    """Return a button's title."""
    return LOCALES.label(key, language)


def first_line(text: str) -> str:
    """Return the bold first line of a text, without its tags."""
    return text.strip().splitlines()[0].replace("<b>", "").replace("</b>", "").split("☎")[0].strip()


def has_button(payload: str) -> Callable[[Message], bool]:
    """Return a predicate: the message has a button with this payload."""
    return lambda m: any(b["callback_data"].rpartition("!")[0] == payload for b in buttons(m))


def offers(beginning: str) -> Callable[[Message], bool]:
    """Return a predicate: the message has a button whose payload begins like this."""
    return lambda m: any(b["callback_data"].startswith(beginning) for b in buttons(m))


def payload_of(message: Message, beginning: str) -> str:
    """Return the payload of a message's button that begins like this."""
    payloads = [b["callback_data"].rpartition("!")[0] for b in buttons(message)]
    return next(payload for payload in payloads if payload.startswith(beginning))


async def read_reply(person: AnyPerson, text: str, seconds: float = 30.0) -> Message:
    """Wait for the line that says nothing, press its button, return the reply that holds a text."""
    notice = await person.expect(offers("read_reply:"), seconds)
    assert text not in notice["text"]
    await person.press(payload_of(notice, "read_reply:"))
    return await person.expect(text)


async def choose_language(person: AnyPerson, language: str) -> None:
    """Begin, and choose a language by button."""
    await person.send("/start")
    await person.expect(has_button(f"language:{language}"))
    await person.press(f"language:{language}")
    await person.expect(LOCALES.text("language_set", language).strip())


async def press(person: AnyPerson, payload: str, *, then: str, seconds: float = 60.0) -> Message:
    """Press a button and wait for a message that has a button with the payload `then`."""
    await person.press(payload)
    return await person.expect(has_button(then), seconds)


async def open_referral(
    person: AnyPerson, story: str, *, contact: str = "push", code_word: str | None = None, about: str = "self"
) -> str:
    """Fill in the whole form and return the code; `about` is whom it is about: `self`, `minor` or `other`."""
    await person.send("/menu")
    await person.expect(has_button("request_help"))
    await press(person, "request_help", then="choose:topic.work")
    await press(person, "choose:topic.work", then="consent_give")
    await _agree(person, about)
    await person.send(story)
    await person.expect(has_button("intake_next"))
    await press(person, "intake_next", then="skip")
    if about == "minor":
        await press(person, "skip", then="choose:language.en")
    else:
        await press(person, "skip", then="choose:age.18_24")
        await press(person, "choose:age.18_24", then="choose:language.en")
    await press(person, "skip", then="choose:gender.any")
    await press(person, "choose:gender.any", then="choose:contact.push")
    await press(person, f"choose:contact.{contact}", then="skip")
    if contact != "pull":
        await press(person, "choose:safe_time.any", then="intake_back")
    if code_word is None:
        await press(person, "skip", then="referral_send")
    else:
        await person.send(code_word)
        await person.expect(has_button("referral_send"))
    await person.press("referral_send")
    message = await person.expect(lambda m: bool(CODE.search(m.get("text", ""))), 60.0)
    found = CODE.search(message["text"])
    assert found
    return found[0]


async def _agree(person: AnyPerson, about: str) -> None:
    """Agree to the wording of whom the request is about."""
    match about:
        case "minor":
            await press(person, "choose:about.minor", then="consent_give:minor")
            await press(person, "consent_give:minor", then="skip")
        case "other":
            await press(person, "choose:about.other", then="choose:knows.unaware")
            await press(person, "choose:knows.unaware", then="consent_give:other")
            await press(person, "consent_give:other", then="skip")
        case _:
            await press(person, "consent_give", then="skip")
