"""A person who types a marker wherever something may be typed, whatever order the questions come in."""

from bot.sandbox.client import Message, SimulatedPerson, buttons
from tests.system.people import CODE

STEPS = 40
FIRST = ("consent_give", "choose:contact.push", "choose:safe_contact", "intake_next")


async def type_everything(person: SimulatedPerson, marker: str) -> tuple[str, list[str]]:
    """Fill in the whole form; return the code and every text that was typed, each of them made from the marker."""
    typed: list[str] = []
    await person.send("/menu")
    message = await person.expect(lambda m: "request_help" in _payloads(m), 30.0)
    await person.press("request_help")
    for _ in range(STEPS):
        message = await person.expect(lambda m: bool(CODE.search(m.get("text", ""))) or bool(_steps(m)), 60.0)
        code = CODE.search(message.get("text", ""))
        if code is not None:
            return code[0], typed
        await _next(person, _steps(message), f"{marker}-{len(typed)}", typed)
    raise AssertionError(f"The form did not end; the last message has {_steps(message)}.")


async def _next(person: SimulatedPerson, steps: list[str], text: str, typed: list[str]) -> None:
    """Send it at the end, go on after a story, type where typing is possible, else choose."""
    choices = [step for step in steps if step.startswith(("choose:", "consent_give"))]
    if "referral_send" in steps:
        await person.press("referral_send")
    elif "intake_next" in steps:
        await person.press("intake_next")
    elif any("safe_time" in choice for choice in choices) or ("skip" in steps and not choices):
        typed.append(text)
        await person.send(text)
    else:
        await person.press(next((step for step in FIRST if step in steps), choices[0]))


def _payloads(message: Message) -> list[str]:
    return [button["callback_data"].rpartition("!")[0] for button in buttons(message)]


def _steps(message: Message) -> list[str]:
    """Return a message's buttons that lead on in the form."""
    found = _payloads(message)
    on = [step for step in found if step.startswith(("choose:", "consent_give")) or step in {"skip", "intake_next"}]
    return [*on, *(["referral_send"] if "referral_send" in found else [])]
