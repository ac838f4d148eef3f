"""Names of organisations and providers, from the signed list and the directory, never from the database."""

from uuid import UUID

from flask import g
from flask_babel import get_locale
from flask_babel import gettext as _

from referral.console.context import console
from referral.recipients import Recipient


def organisation_name(organisation_id: UUID | None) -> str:
    """Return an organisation's name; the beginning of its number when the signed list does not name it."""
    found = None if organisation_id is None else console().public.manifest.organisation(organisation_id)
    if found is not None:
        return found.name
    return "" if organisation_id is None else str(_("unknown (%(number)s)", number=organisation_id.hex[:8]))


def recipient_name(recipient: Recipient | str, language: str | None = None) -> str:
    """Return the name of a recipient, in a person's language if that is asked for; what is none is shown as it is."""
    if isinstance(recipient, str):
        try:
            recipient = Recipient.from_text(recipient)
        except ValueError:
            return str(recipient)
    if recipient.provider is None:
        return organisation_name(recipient.organisation_id)
    provider = console().directory.providers.get(recipient.provider)
    return recipient.provider if provider is None else provider.text("name", language or str(get_locale()))


def own_name() -> str:
    """Return the name of the organisation of who is signed in; before that, of the one that takes requests."""
    who = g.get("who")
    return console().public.name if who is None else organisation_name(who.organisation_id)
