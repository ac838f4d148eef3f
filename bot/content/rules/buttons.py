"""Buttons: a payload that the bot knows and that fits into Telegram's 64 bytes, and words that exist."""

from collections.abc import Iterator

from bot.content.content import Content
from bot.content.finding import Finding
from bot.facts import Unit
from bot.gateway.callbacks import GATEWAY_INTENTS, PayloadTooLong, seal_payload
from bot.intents import is_allowed, parse_payload

RULE = "buttons"
NO_KEY, NOBODY, VERSION = bytes(32), "0", "0" * 8


def check(content: Content) -> Iterator[Finding]:
    """Yield buttons that would do nothing, that Telegram would refuse, or that have no words."""
    file = content.named("source/dialogue.yml")
    for name, entry in content.locales.dialogue.items():
        specs = [spec for row in entry.get("buttons", []) for spec in row]
        for spec in specs:
            payload, _, label = spec.partition("=")
            yield from _check_payload(file, f"text/{name}", payload)
            if label not in content.locales.labels:
                yield Finding(file, f"text/{name}", RULE, "no_label", {"button": spec, "label": label})
        for code in content.locales.languages if "languages" in entry else ():
            yield from _check_payload(file, f"text/{name}", f"{entry['languages']}{code}")
    known = content.catalogue.by_name
    for intent in content.locales.answers.keys() & known.keys():
        below = (f"not_helped:{intent}:{VERSION}", f"number_wrong:{intent}")  # the longest that the gateway adds
        for payload in (intent, f"request_help:{known[intent].topic}", *below):
            yield from _check_payload(content.named("source/answers.yml"), f"answer/{intent}", payload, also=intent)
    for fact in content.facts.facts.values():
        if fact.unit is Unit.PHONE:
            yield from _check_payload(content.named("facts.yml"), fact.name, f"number_wrong_fact:{fact.name}")


def _check_payload(file: str, entry: str, payload: str, *, also: str = "") -> Iterator[Finding]:
    """Yield what is wrong with a payload; `also` is an intent that the running program may not know yet."""
    try:
        seal_payload(payload, sender=NOBODY, key=NO_KEY)
    except PayloadTooLong:
        yield Finding(file, entry, RULE, "too_long", {"payload": payload, "bytes": len(payload.encode())})
        return
    parsed = parse_payload(payload)
    if parsed is None or not (is_allowed(parsed) or parsed.intent in {*GATEWAY_INTENTS, also}):
        yield Finding(file, entry, RULE, "unknown", {"payload": payload})
