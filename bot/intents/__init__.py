"""What people may say to the bot: the catalogue that menu, allow-list, rules, actions and checks read."""

from bot.intents.catalogue import Catalogue, Intent, Kind, load_catalogue, read_catalogue
from bot.intents.payloads import TECHNICAL, Payload, is_allowed, parse_payload

__all__ = [
    "TECHNICAL",
    "Catalogue",
    "Intent",
    "Kind",
    "Payload",
    "is_allowed",
    "load_catalogue",
    "parse_payload",
    "read_catalogue",
]
