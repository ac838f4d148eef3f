"""Why a service refused something, in the language of the page."""

from flask import g
from flask_babel import gettext as _

from referral.console.labels import word
from referral.errors import NotPermitted, ReferralError


def N_(text: str) -> str:
    """Mark a text for translation that is translated where it is shown."""
    return text


REASONS = frozenset(
    {
        N_("A case is accepted by taking it."),
        N_("Take the case first."),
        N_("Take the case first, so that two people do not answer."),
        N_("This case is closed. Open it again before you ask."),
        N_("This case is closed. Open it again before you give it to somebody."),
        N_("This case is closed. Open it again before you refer it."),
        N_("This case is closed. Open it again before you reply."),
        N_("The case is with your organisation already."),
        N_("The case is shared with them already."),
        N_("A case can be transferred only to an organisation that works in this system."),
        N_("This referral is over already."),
        N_("A rejection needs a reason."),
        N_("This case is held. A supervisor must lift the hold first."),
        N_("Only the owner of a case or a supervisor can erase it for the person."),
        N_("Somebody else has changed this case. Look at it again, then decide."),
        N_("Only the owner of a case can restrict it to themselves."),
        N_("Only the owner of a case, an intake worker or a supervisor can give it to somebody."),
        N_("The signed list of keys does not name this organisation."),
        N_("The person is a minor and has agreed; a guardian's consent is missing, or a supervisor's decision."),
        N_("Somebody else wrote for this person. The person must be asked before anything is shared."),
        N_("There is no valid consent for this recipient and this purpose. Ask the person first."),
        N_("a decision about the status needs who decided."),
        N_("Choose who decided."),
        N_("this is not a number of its kind."),
        N_("Write a whole number from 0 to 130."),
        N_("this is not a phone number as E.164 has it."),
        N_("Write it as +994501234567."),
        N_("this is not a date."),
        N_("Write year, month and day: 2026-11-24."),
        N_("the text holds a control character."),
        N_("Delete it, or write the text anew."),
        N_("the text is too long."),
        N_("Make it shorter."),
    }
)


def translated(text: str) -> str:
    """Return a fixed sentence of a service in the language of the page; another one as it is."""
    return str(_(text)) if text in REASONS else text


def reason(error: ReferralError) -> str:
    """Return a service's message as the page's reader understands it."""
    text = str(error)
    if text in REASONS:
        return translated(text)
    who = g.get("who")
    if isinstance(error, NotPermitted) and who is not None:
        role = word(who.role.value, "role")
        return str(_("Your role here is: %(role)s. It does not include this. Ask your supervisor.", role=role))
    return text
