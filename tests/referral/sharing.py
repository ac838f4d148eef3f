"""Asking, agreeing and sharing, as gateway and console do it."""

from uuid import UUID

from referral import ConsentGiven, answer_consent, session_scope
from referral.enums import ConsentScope, SharingKind
from referral.models import CaseRecord
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent
from referral.service.common import today
from referral.service.sharing import Shared, share
from referral.terms import consent_terms, with_terms
from tests.referral.conftest import World, code_of, later

SHARED = ("contact", "topic", "narrative")


def ask(world: World, case: UUID, to: Recipient, *, login: str = "leyla", number: int = 1) -> UUID:
    """Put a question for consent."""
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        return ask_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=to,
            recipient_name="Partner",
            purpose=SUPPORT,
            shared=SHARED,
            relay_public_key=world.public.relay_public_key,
        )


def consent(
    world: World, case: UUID, to: Recipient, *, scope: ConsentScope = ConsentScope.OWN, days: int = 180, seq: int = 50
) -> ConsentGiven:
    """Build a consent as the gateway does when the person presses yes."""
    with session_scope(world.engine) as session:
        key = session.get_one(CaseRecord, case).public_key
    withheld = ["place", "age", "messages", "assessment"]
    terms = consent_terms(
        recipient=str(to), purpose=SUPPORT, scope=scope, expires_day=later(days), wording_version="share-1"
    )
    details = with_terms({"language": "en", "shared": list(SHARED), "withheld": withheld}, terms)
    field = world.field(case, key, "consent_record", "details", seq, details)
    return ConsentGiven("share-1", str(to), SUPPORT, today(), later(days), scope, field)


def agree(
    world: World, case: UUID, to: Recipient, *, number: int = 1, scope: ConsentScope = ConsentScope.OWN, seq: int = 50
) -> None:
    """Ask, and let the person say yes."""
    request = ask(world, case, to)
    given = consent(world, case, to, scope=scope, seq=seq)
    with session_scope(world.bot) as session:
        assert answer_consent(session, request_id=request, case_id=case, proof=code_of(number).tag, consent=given)


def refer(
    world: World, case: UUID, to: Recipient, *, kind: SharingKind = SharingKind.REFERRAL, login: str = "leyla"
) -> UUID:
    """Share a case."""
    signed_in, trust = world.signed_in(login), world.trust
    with session_scope(world.console) as session:
        shared = Shared(recipient=to, kind=kind, note="please call in the morning")
        return share(session, signed_in=signed_in, trust=trust, case_id=case, shared=shared)
