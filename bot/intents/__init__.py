"""What people may say to the bot: the catalogue that menu, allow-list, rules, actions and checks read."""

from bot.intents.catalogue import (
    CATALOGUE_FILE,
    Catalogue,
    Intent,
    Kind,
    load_catalogue,
    present_catalogue,
    read_catalogue,
)
from bot.intents.payloads import TECHNICAL, Payload, is_allowed, parse_payload

__all__ = [
    "CATALOGUE_FILE",
    "TECHNICAL",
    "Catalogue",
    "Intent",
    "Kind",
    "Payload",
    "is_allowed",
    "load_catalogue",
    "parse_payload",
    "present_catalogue",
    "read_catalogue",
]
