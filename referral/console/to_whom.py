"""To whom a case can be referred, as choices: organisations of this system, then providers that fit the topic."""

from flask import g
from flask_babel import get_locale
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.labels import word
from referral.directory import Provider
from referral.recipients import Recipient

Choices = dict[str, list[tuple[str, str]]]


def recipients_to_choose(topic: str) -> Choices:
    """Return the recipients by group; a provider's name says who is behind it, because people ask that first."""
    fitting, others = console().directory.recipients(topic)
    groups = {
        "": [("", str(_("choose")))],
        str(_("Organisations in this system")): _organisations(),
        str(_("Providers for this topic")): [_choice(one) for one in fitting],
        str(_("Other providers")): [_choice(one) for one in others],
    }
    return {title: choices for title, choices in groups.items() if choices}


def _organisations() -> list[tuple[str, str]]:
    listed = console().public.manifest.organisations
    return [
        (str(Recipient(organisation_id=one.organisation_id)), one.name)
        for one in sorted(listed, key=lambda one: one.name)
        if one.organisation_id != g.who.organisation_id
    ]


def _choice(provider: Provider) -> tuple[str, str]:
    name = f"{provider.text('name', str(get_locale()))} ({word(provider.behind.value, 'behind')})"
    return str(Recipient(provider=provider.id)), name
