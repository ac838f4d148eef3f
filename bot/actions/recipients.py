"""Names of those who may see a request, from the signed list of keys and the locale files."""

import logging
from uuid import UUID

from bot.actions.turn import Turn, locales
from bot.settings import Settings
from referral import KeyListError, Recipient
from referral.published import read_public

logger = logging.getLogger(__name__)
LONGEST_BUTTON = 34


def organisation_names() -> dict[UUID, str]:
    """Return the names of the signed list; none when it cannot be believed, so that no false name is told."""
    try:
        listed = read_public(Settings.from_env().data_dir).manifest.organisations
    except (OSError, KeyListError) as error:
        logger.error("Organisations are told without their names (%s).", type(error).__name__)
        return {}
    return {organisation.organisation_id: organisation.name for organisation in listed}


def recipient_name(turn: Turn, recipient: Recipient, names: dict[UUID, str]) -> str:
    """Return whom something is shared with, as the person reads it."""
    if recipient.organisation_id is not None:
        return names.get(recipient.organisation_id) or turn.label("another_organisation")
    label = f"provider_{recipient.provider}"
    return turn.label(label) if label in locales().labels else str(recipient.provider)


def short_title(title: str) -> str:
    """Return a button's title that fits: a name in it may be long."""
    return title if len(title) <= LONGEST_BUTTON else f"{title[: LONGEST_BUTTON - 1].rstrip()}…"
