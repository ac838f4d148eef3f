"""Two organisations that share cases."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from referral import session_scope
from referral.ceremony import NewOrganisation
from referral.crypto import route_tag
from referral.enums import ConsentScope, SharingKind, SharingStatus
from referral.errors import CaseNotFound
from referral.models import CaseKey
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import record_spoken_consent
from referral.service.casework import OpenCase
from referral.service.common import today
from referral.service.queue import QueueEntry, open_queue
from referral.service.sharing import Shared, answer_sharing, share
from referral.submission import ConsentGiven
from tests.referral.conftest import World, code_of


class Two:
    """Our organisation with a case that leyla has taken, and a partner where nigar works."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.partner: NewOrganisation = world.partner("nigar")
        self.case = world.open(1, chat=5)
        world.take(self.case)

    @property
    def recipient(self) -> Recipient:
        """Return the partner as a recipient."""
        return Recipient(organisation_id=self.partner.organisation_id)

    def consent(self, recipient: Recipient | None = None) -> None:
        """Write down that the person said yes."""
        signed_in = self.world.signed_in()
        with session_scope(self.world.console) as session:
            record_spoken_consent(
                session,
                signed_in=signed_in,
                case_id=self.case,
                recipient=recipient or self.recipient,
                purpose=SUPPORT,
                shared=["topic"],
                scope=ConsentScope.OWN,
                wording_version="v1",
                words="asked on the phone: yes",
            )

    def share(self, kind: SharingKind = SharingKind.REFERRAL, recipient: Recipient | None = None) -> UUID:
        """Share the case after a consent."""
        self.consent(recipient)
        signed_in, shared = self.world.signed_in(), Shared(recipient or self.recipient, kind, "please help")
        with session_scope(self.world.console) as session:
            return share(session, signed_in=signed_in, trust=self.world.trust, case_id=self.case, shared=shared)

    def answer(self, sharing: UUID, to: SharingStatus, answer: str = "an answer") -> None:
        """Let the partner answer."""
        signed_in = self.world.signed_in("nigar")
        with session_scope(self.world.console) as session:
            answer_sharing(session, signed_in=signed_in, sharing_id=sharing, to=to, answer=answer)

    def queue(self, login: str) -> list[QueueEntry]:
        """Return somebody's queue."""
        signed_in = self.world.signed_in(login)
        with session_scope(self.world.console) as session:
            return open_queue(session, signed_in=signed_in)

    def reads(self, login: str) -> OpenCase | None:
        """Return the case as somebody sees it, None when there is no such case for them."""
        try:
            return self.world.read(self.case, login)
        except CaseNotFound:
            return None

    def keys(self) -> set[UUID]:
        """Return the organisations that hold a copy of the case's key."""
        with session_scope(self.world.engine) as session:
            return set(session.scalars(select(CaseKey.organisation_id).where(CaseKey.case_id == self.case)))

    def yes(self) -> ConsentGiven:
        """Return the person's consent to sharing with the partner, as the gateway seals it."""
        key = self.world.case(self.case).public_key
        details = self.world.field(self.case, key, "consent_record", "details", 7, '{"language": "en"}')
        end = today() + dt.timedelta(days=30)
        return ConsentGiven("v1", str(self.recipient), SUPPORT, today(), end, ConsentScope.OWN, details)

    def proof(self, *, by_chat: bool) -> bytes:
        """Return what proves that the case is the person's: their chat, or their code."""
        return route_tag(5, index_key=self.world.secret("index_key")) if by_chat else code_of(1).tag


@pytest.fixture
def two(world: World) -> Two:
    """Two organisations and a case."""
    return Two(world)
