"""Two organisations, and a case that one of them may share."""

from uuid import UUID

import pytest

from referral import session_scope
from referral.crypto import route_tag
from referral.enums import SharingKind, SharingStatus
from referral.recipients import Recipient
from referral.service.sharing import answer_sharing
from tests.referral.conftest import World, code_of
from tests.referral.sharing import agree, refer

CHAT = 5


class Two:
    """Our organisation with a case that leyla has taken, and a partner where nigar works."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.partner = world.partner("nigar")
        self.case = world.open(1, chat=CHAT)
        self._agreed = 50
        world.take(self.case)

    def share(self, kind: SharingKind = SharingKind.REFERRAL) -> UUID:
        """Share the case after the person has agreed."""
        to = Recipient(organisation_id=self.partner.organisation_id)
        agree(self.world, self.case, to, seq=self._agreed)
        self._agreed += 1
        return refer(self.world, self.case, to, kind=kind)

    def answer(self, sharing: UUID, to: SharingStatus) -> None:
        """Let the partner answer."""
        signed_in = self.world.signed_in("nigar")
        with session_scope(self.world.console) as session:
            answer_sharing(session, signed_in=signed_in, sharing_id=sharing, to=to, answer="an answer")

    def proof(self, *, by_chat: bool) -> bytes:
        """Return what proves that the case is the person's: their chat, or their code."""
        return route_tag(CHAT, index_key=self.world.secret("index_key")) if by_chat else code_of(1).tag


@pytest.fixture
def two(world: World) -> Two:
    """Two organisations and a case."""
    return Two(world)
