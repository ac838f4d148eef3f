"""Do what a form asks in one transaction, and say why when it cannot be done."""

from collections.abc import Callable

from flask import g
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from referral.console.context import console
from referral.console.reasons import reason
from referral.db import session_scope
from referral.errors import CaseClosed, NoConsent, TransitionRefused, UnknownOrganisation
from referral.service.staff import act_for

CONFLICT = 409
REFUSALS = (TransitionRefused, CaseClosed, NoConsent, UnknownOrganisation)


def carry_out(deed: Callable[[Session], str | None]) -> str | None:
    """Do it; return why it was refused, None when it is done.

    A deed itself returns why it refuses. What a role may not do at all, or what is not there, has a page of its own.
    """
    try:
        with session_scope(console().engine) as db:
            act_for(db, g.who)
            return deed(db)
    except REFUSALS as error:
        return str(_("Nothing was changed. %(reason)s", reason=reason(error)))
