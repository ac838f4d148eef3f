"""A real database with an organisation, two intake workers, and referrals made as the gateway makes them."""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import ConsentGiven, SealedField, Submission, open_referral, session_scope
from referral.ceremony import FirstPerson, NewOrganisation, create_organisation
from referral.crypto import (
    Binding,
    CodeKeys,
    KdfProfile,
    RecordContext,
    derive_code,
    new_case_key,
    route_tag,
    seal_record,
    seal_route,
    sign_binding,
    sign_record,
)
from referral.enums import ConsentScope, ReferralStatus, StaffRole, Urgency
from referral.keys import ensure_secrets
from referral.models import Base, CaseRecord
from referral.published import PublicFile, read_public
from referral.recipients import SERVICE
from referral.safe_contact import SafeContact
from referral.service.casework import OpenCase, change_status, claim, read_case, reply
from referral.service.common import today
from referral.service.signing_in import sign_in
from referral.service.staff import SignedIn, add_staff
from referral.service.trust import Trust
from referral.terms import consent_terms, with_terms
from tests.databases import OWNER, SQLITE_FILE, Database, postgresql_database, reached, sqlite_database
from tests.postgres import Cluster

QUICK = KdfProfile(operations=1, memory=8 * 1024 * 1024)
PASSPHRASE = "one-two-three"
RECOVERY = "four-five-six-seven"
DAY = dt.date(2026, 11, 24)


@dataclass
class World:
    """A data directory, its database and what belongs to it; every deed is done with its process' rights."""

    database: Database
    data_dir: Path
    public: PublicFile
    own: NewOrganisation

    @property
    def trust(self) -> Trust:
        """Return the signed list of keys as it is now."""
        return Trust(read_public(self.data_dir).manifest)

    def hire(self, login: str, role: StaffRole, organisation: NewOrganisation | None = None) -> UUID:
        """Add a member of staff, vouched for with the organisation's first key."""
        at = organisation or self.own
        with session_scope(self.engine) as session:
            return add_staff(
                session,
                organisation_id=at.organisation_id,
                login=login,
                role=role,
                passphrase=PASSPHRASE,
                recovery_code=RECOVERY,
                profile=QUICK,
                organisation_key=(1, at.private_key),
            )

    def partner(self, login: str = "nigar", name: str = "Partner") -> NewOrganisation:
        """Make a second organisation with its own intake worker."""
        with session_scope(self.engine) as session:
            return new_organisation(session, self.data_dir, name, login)

    @property
    def engine(self) -> Engine:
        """Return the engine of the database's owner, to look and to tamper."""
        return self.database.owner

    @property
    def bot(self) -> Engine:
        """Return the action server's engine."""
        return self.database.bot

    @property
    def relay(self) -> Engine:
        """Return the gateway's engine."""
        return self.database.relay

    @property
    def console(self) -> Engine:
        """Return the console's engine."""
        return self.database.console

    @property
    def janitor(self) -> Engine:
        """Return the janitor's engine."""
        return self.database.janitor

    def secret(self, name: str) -> bytes:
        """Return one of the bot's secrets."""
        return (self.data_dir / "secrets" / name).read_bytes()

    def signed_in(self, login: str = "leyla") -> SignedIn:
        """Return a member of staff whose key is open."""
        with session_scope(self.console) as session:
            found = sign_in(session, login=login, passphrase=PASSPHRASE)
        assert found is not None
        return replace(found, trust=self.trust)

    def submission(
        self, number: int = 1, *, narrative: str = "they keep my passport", chat: int | None = None, **choices: str
    ) -> Submission:
        """Build a submission as the gateway does; `chat` makes it push."""
        public = read_public(self.data_dir)
        key = new_case_key(organisation_public_key=public.public_key)
        index = {"topic": "work", "urgency": "normal", "language": "en", "caseworker_gender": "any"}
        index |= {"opened_at": f"2026-11-24T10:{number:02d}+00:00"} | choices
        fields = [
            self.field(key.case_id, key.public_key, "case_field", "index", 0, json.dumps(index)),
            self.field(key.case_id, key.public_key, "case_field", "narrative", 1, narrative),
        ]
        code = code_of(number)
        push = chat is not None
        return Submission(
            submission_id=f"tg-{number}",
            case_id=key.case_id,
            organisation_id=self.public.organisation_id,
            epoch=public.epoch,
            public_key=key.public_key,
            sealed_private_key=key.sealed_private_key,
            fields=tuple(fields),
            consents=(self.consent_to(key.case_id, key.public_key),),
            code_tag=code.tag,
            reply_public_key=code.public_key,
            binding=self.binding(key.case_id, key.public_key, code),
            route_tag=route_tag(chat, index_key=self.secret("index_key")) if push else None,
            route_box=self._route(chat, key.case_id, key.public_key) if push else None,
            urgency=Urgency(index["urgency"]),
            day=today(),
        )

    def consent_to(
        self,
        case_id: UUID,
        public_key: bytes,
        *,
        recipient: str = "",
        purpose: str = SERVICE,
        scope: ConsentScope = ConsentScope.OWN,
        seq: int = 0,
    ) -> ConsentGiven:
        """Return a consent of the person, to the organisation itself if no other recipient is named."""
        to, expires = recipient or str(self.public.organisation_id), today() + dt.timedelta(days=365)
        terms = consent_terms(recipient=to, purpose=purpose, scope=scope, expires_day=expires, wording_version="v1")
        payload = with_terms({"language": "en", "shared": ["narrative"]}, terms)
        details = self.field(case_id, public_key, "consent_record", "details", seq, payload)
        return ConsentGiven("v1", to, purpose, today(), expires, scope, details)

    def binding(self, case_id: UUID, public_key: bytes, code: CodeKeys) -> bytes:
        """Return the bot's signature over what belongs to a case."""
        binding = Binding.of(
            case_id=case_id, public_key=public_key, code_tag=code.tag, reply_public_key=code.public_key
        )
        return sign_binding(binding, signing_key=self.secret("bot_signing_key"))

    def open(self, number: int = 1, **options: object) -> UUID:
        """Open a referral and return its case."""
        with session_scope(self.bot) as session:
            return open_referral(session, submission=self.submission(number, **options)).case_id  # type: ignore[arg-type]

    def take(self, case_id: UUID, login: str = "leyla") -> SignedIn:
        """Let a member of staff take a case."""
        signed_in = self.signed_in(login)
        with session_scope(self.console) as session:
            assert claim(session, signed_in=signed_in, case_id=case_id)
        return signed_in

    def reply(self, case_id: UUID, text: str = "we read it", login: str = "leyla") -> None:
        """Let a member of staff answer."""
        signed_in, relay = self.signed_in(login), self.public.relay_public_key
        with session_scope(self.console) as session:
            reply(session, signed_in=signed_in, case_id=case_id, text=text, relay_public_key=relay)

    def read(self, case_id: UUID, login: str = "leyla") -> OpenCase:
        """Let a member of staff open a case."""
        signed_in = self.signed_in(login)
        with session_scope(self.console) as session:
            return read_case(session, signed_in=signed_in, case_id=case_id, trust=self.trust)

    def close(self, case_id: UUID, to: ReferralStatus = ReferralStatus.DONE) -> None:
        """Let a member of staff close a case."""
        signed_in = self.signed_in()
        seen = self.case(case_id).status
        with session_scope(self.console) as session:
            change_status(session, signed_in=signed_in, case_id=case_id, to=to, reason="a reason", seen=seen)

    def count(self, model: type[Base]) -> int:
        """Return the number of rows of a table."""
        with session_scope(self.engine) as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def case(self, case_id: UUID) -> CaseRecord:
        """Return a case's row."""
        with session_scope(self.engine) as session:
            return session.get_one(CaseRecord, case_id)

    def message(self, case_id: UUID, public_key: bytes, seq: int, text: str) -> SealedField:
        """Return a later message of the person."""
        return self.field(case_id, public_key, "case_message", "from_person", seq, text)

    def field(self, case: UUID, key: bytes, table: str, field: str, seq: int, payload: str) -> SealedField:
        """Seal and sign a value as the gateway does."""
        context = RecordContext(case, table, field, seq)
        sealed = seal_record(public_key=key, context=context, payload=payload, day=DAY)
        signature = sign_record(signing_key=self.secret("bot_signing_key"), context=context, sealed=sealed)
        return SealedField(table, field, seq, sealed, signature)

    def _route(self, chat: int | None, case_id: UUID, key: bytes) -> bytes:
        assert chat is not None
        return seal_route(
            chat,
            route_key=self.secret("route_key"),
            case_public_key=key,
            case_id=case_id,
            language="en",
            safe_contact=SafeContact(),
        )


def later(days: int) -> dt.date:
    """Return the day some days from now."""
    return today() + dt.timedelta(days=days)


_CODES: dict[int, CodeKeys] = {}


def code_of(number: int) -> CodeKeys:
    """Return the keys of a made-up code; derived once, because it is slow on purpose."""
    if number not in _CODES:
        _CODES[number] = derive_code(f"{number:016d}", pepper=bytes(16))
    return _CODES[number]


@dataclass(frozen=True)
class First:
    """A world that is made once and copied for each test, because making its keys is slow on purpose."""

    data_dir: Path
    own: NewOrganisation
    copy: Callable[[Path], AbstractContextManager[Database]]


@pytest.fixture(scope="session")
def first_on_sqlite(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> First:
    """The first world in a file."""
    data_dir = tmp_path_factory.mktemp("first")
    with sqlite_database(data_dir, template_file) as database:
        own = _people(database, data_dir)
        database.tidy()
    return First(data_dir, own, lambda folder: sqlite_database(folder, data_dir / SQLITE_FILE))


@pytest.fixture(scope="session")
def first_on_postgresql(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[First]:
    """The first world in a PostgreSQL."""
    data_dir = tmp_path_factory.mktemp("first")
    with cluster.database(owner=OWNER, template=template) as name:
        with reached(cluster, name) as database:
            own = _people(database, data_dir)
        with cluster.copies(name, owner=OWNER) as copy:
            yield First(data_dir, own, lambda _folder: postgresql_database(cluster, copy))


@pytest.fixture
def world(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A fresh world with the intake workers leyla and samir."""
    first: First = request.getfixturevalue(f"first_on_{kind}")
    shutil.copytree(first.data_dir, tmp_path, dirs_exist_ok=True)
    with first.copy(tmp_path) as database:
        yield World(database, tmp_path, read_public(tmp_path), first.own)


def _people(database: Database, data_dir: Path) -> NewOrganisation:
    ensure_secrets(data_dir)
    with session_scope(database.owner) as session:
        own = new_organisation(session, data_dir, "Org", "leyla")
    World(database, data_dir, read_public(data_dir), own).hire("samir", StaffRole.INTAKE)
    return own


def new_organisation(session: Session, data_dir: Path, name: str, login: str) -> NewOrganisation:
    """Make an organisation with its first intake worker."""
    first = FirstPerson(login, PASSPHRASE, RECOVERY)
    return create_organisation(session, data_dir=data_dir, name=name, demo=True, first=first, profile=QUICK)
