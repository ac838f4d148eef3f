"""The terms of consents, questions, decisions and referrals, put under their author's seal.

Recipient, purpose and end stand in the database in clear, so that they can be asked for. Whoever can write there could
turn a consent to one recipient into a consent to another; so the same terms are sealed and signed, and compared.
"""

import datetime as dt
import json
from collections.abc import Mapping

TERMS = "terms"
Terms = dict[str, str]


def consent_terms(*, recipient: str, purpose: str, scope: str, expires_day: dt.date, wording_version: str) -> Terms:
    """Return what a consent is to, for what, whose it is and until when; goes into its sealed details."""
    return {
        "recipient": recipient,
        "purpose": purpose,
        "scope": scope,
        "expires_day": expires_day.isoformat(),
        "wording_version": wording_version,
    }


def request_terms(*, recipient: str, purpose: str) -> Terms:
    """Return what a question for consent asks for."""
    return {"recipient": recipient, "purpose": purpose}


def override_terms(*, recipient: str, purpose: str, basis: str) -> Terms:
    """Return what a decision without consent allows, and on which basis."""
    return {"recipient": recipient, "purpose": purpose, "basis": basis}


def sharing_terms(*, kind: str, recipient: str) -> Terms:
    """Return what a referral does, and with whom."""
    return {"kind": kind, "recipient": recipient}


def with_terms(details: Mapping[str, object], terms: Terms) -> str:
    """Return details and terms as one text, to be sealed and signed."""
    return json.dumps({**details, TERMS: terms}, ensure_ascii=False)


def details_of(text: str, *, verified: bool) -> dict[str, object]:
    """Return what such a text holds; a forged one may be anything, and holds nothing."""
    parsed = json.loads(text) if verified else {}
    return parsed if isinstance(parsed, dict) else {}
