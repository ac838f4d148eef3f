"""What the console has no page for in these tests: done by the services, on the running system's database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from referral import engine_for, session_scope
from referral.crypto import derive_code, new_code
from referral.enums import ConsentScope, SharingKind
from referral.models import CaseRecord, ConsentRecord, Organisation, Staff
from referral.published import read_public
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent
from referral.service.sharing import Shared, share
from referral.service.signing_in import sign_in
from referral.service.staff import SignedIn
from referral.service.trust import Trust
from tests.system.running import System


class Desk:
    """A caseworker's work on one running system."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._engine = engine_for(f"sqlite:///{system.data_dir / 'korpu.db'}")

    def partner(self) -> Recipient:
        """Return the demonstration's second organisation."""
        public = read_public(self._system.data_dir)
        other = next(o for o in public.manifest.organisations if o.organisation_id != public.organisation_id)
        return Recipient(organisation_id=other.organisation_id)

    def name_of(self, recipient: Recipient) -> str:
        """Return a recipient's name."""
        with session_scope(self._engine) as session:
            return session.scalars(select(Organisation.name).where(Organisation.id == recipient.organisation_id)).one()

    def ask(self, case: str, recipient: Recipient, shared: Sequence[str] = ("topic", "narrative")) -> UUID:
        """Ask for consent to share; return the question."""
        signed_in, name = self._signed_in(), self.name_of(recipient)
        with session_scope(self._engine) as session:
            return ask_consent(
                session,
                signed_in=signed_in,
                case_id=UUID(case),
                recipient=recipient,
                recipient_name=name,
                purpose=SUPPORT,
                shared=shared,
                relay_public_key=read_public(self._system.data_dir).relay_public_key,
            )

    def share(self, case: str, recipient: Recipient) -> UUID:
        """Refer a case; raise `NoConsent` without one."""
        signed_in, trust = self._signed_in(), Trust(read_public(self._system.data_dir).manifest)
        with session_scope(self._engine) as session:
            shared = Shared(recipient, SharingKind.REFERRAL, "please help")
            return share(session, signed_in=signed_in, trust=trust, case_id=UUID(case), shared=shared)

    def pairing_code(self) -> str:
        """Return a one-time code that links a chat to the demonstration's colleague."""
        code, pepper = new_code(), (self._system.data_dir / "secrets" / "code_pepper").read_bytes()
        tag = derive_code(code, pepper=pepper).tag
        with session_scope(self._engine) as session:
            staff = session.scalars(select(Staff).where(Staff.login == self._system.account[0])).one()
            staff.pairing_tag = tag
            staff.pairing_until = dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=10)
        return code

    def scope(self, case: str) -> ConsentScope:
        """Return whose consent opened a case."""
        with session_scope(self._engine) as session:
            return session.scalars(select(ConsentRecord.scope).where(ConsentRecord.case_id == UUID(case))).one()

    def exists(self, case: str) -> bool:
        """Tell whether a case is there."""
        with session_scope(self._engine) as session:
            return session.get(CaseRecord, UUID(case)) is not None

    def _signed_in(self) -> SignedIn:
        login, passphrase = self._system.account
        with session_scope(self._engine) as session:
            found = sign_in(session, login=login, passphrase=passphrase)
        assert found is not None
        return replace(found, trust=Trust(read_public(self._system.data_dir).manifest))
