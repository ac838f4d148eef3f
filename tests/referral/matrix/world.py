"""A world in which every table holds every kind of value: what the matrix is made of."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from nacl.public import PrivateKey
from sqlalchemy import select

from bot.gateway.keys import load_keys
from bot.gateway.state import Chat, State
from referral import answer_consent, append_message, erase, oncall, outbox, session_scope, withdraw
from referral.adminkey import demo_admin_key
from referral.ceremony import NewOrganisation
from referral.crypto import route_tag
from referral.crypto.routes import seal_on_call
from referral.enums import (
    ConsentScope,
    ContactOutcome,
    GapKind,
    HoldReason,
    LegalBasis,
    SharingKind,
    SharingStatus,
    StaffRole,
)
from referral.feedback.content_key import read_content_key
from referral.feedback.gaps import NewGap, store_gap
from referral.feedback.noting import ShownAnswer, note_feedback
from referral.feedback.person import Person
from referral.feedback.reporting import report_number
from referral.models import CaseRecord, CaseReferral, OutboxRow, Staff
from referral.publishing import publish, renew
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent, override_consent, record_spoken_consent
from referral.service.assigning import assign, restrict
from referral.service.common import today
from referral.service.holds import place_hold
from referral.service.keyring import case_key
from referral.service.notes import add_contact_attempt, add_note, set_assessment
from referral.service.rotation import rotate_key
from referral.service.sharing import Shared, answer_sharing, revoke_sharing, share
from referral.service.staff import SignedIn, disable_staff
from tests.referral.conftest import DAY, World, code_of
from tests.referral.matrix.blobs import Blob, stored
from tests.referral.matrix.people import OwnWords

CASES = ("new", "assigned", "restricted", "referred", "revoked", "transferred", "closed", "withdrawn", "erased")
PULL = frozenset({"new", "restricted", "closed"})
CHATS = {name: 994_500_000 + number for number, name in enumerate(CASES)}
SAID = (
    "answer work_passport_kept az unknown",
    "number hotline_labour",
    f"gap {DAY:%Y-%m}",
)  # what is hashed with the chat
NOW = dt.datetime.now(tz=dt.UTC)


@dataclass
class Full:
    """The world, its cases by name, who held what, and what the database held before two cases were taken back."""

    world: OwnWords
    partner: NewOrganisation
    cases: dict[str, UUID]
    custodians: tuple[bytes, ...]
    revoked_key: bytes
    before: frozenset[Blob]

    def blobs(self) -> frozenset[Blob]:
        """Return everything binary in the case database as it is now."""
        with session_scope(self.world.engine) as session:
            return stored(session)


def fill(world: World) -> Full:
    """Let everything happen that can happen to a case."""
    made = _Filling(OwnWords.of(world))
    made.staff()
    for name in CASES[1:]:
        made.open(name)
    made.work_on_the_assigned_one()
    made.restrict()
    made.refer()
    revoked_key = made.revoke()
    made.transfer()
    made.close()
    made.write_to_those_that_go()
    with session_scope(made.world.engine) as session:
        before = stored(session)
    made.take_back()
    made.rotate()
    made.open("new", urgency="danger")
    made.put_on_call()
    made.say_something_of_the_answers()
    made.fill_the_gateway()
    return Full(made.world, made.partner, made.cases, made.custodians, revoked_key, before)


class _Filling:
    def __init__(self, world: OwnWords) -> None:
        self.world = world
        self.cases: dict[str, UUID] = {}
        keys = [PrivateKey.generate() for _ in range(3)]
        self.custodians = tuple(bytes(key) for key in keys)
        public = tuple(bytes(key.public_key) for key in keys)
        renew(world.data_dir, admin_key=demo_admin_key(world.data_dir), today=today(), custodians=public)

    def staff(self) -> None:
        """Hire one of each kind, and make a second organisation."""
        roles = {"rauf": StaffRole.INTAKE, "ulviyya": StaffRole.SUPERVISOR, "nina": StaffRole.EDITOR}
        roles |= dict.fromkeys(("orxan", "aysel", "tural"), StaffRole.CASEWORKER)
        self.ids = {login: self.world.hire(login, role) for login, role in roles.items()}
        self.partner = self.world.partner()

    def open(self, name: str, **choices: str) -> None:
        """Open a case, with a route to the person's chat or without."""
        number, chat = CASES.index(name) + 1, None if name in PULL else CHATS[name]
        self.cases[name] = self.world.open(number, narrative=f"story of {name}", chat=chat, **choices)
        if name != "new":
            self._take(name)

    def work_on_the_assigned_one(self) -> None:
        """Leave every kind of value in one case: replies in each state, notes, questions open and answered."""
        case = self.cases["assigned"]
        self._message("assigned")
        self._reply("assigned")
        self._reply("assigned")
        with session_scope(self.world.engine) as session:
            first, second = session.scalars(select(OutboxRow).where(OutboxRow.case_id == case)).all()
            outbox.mark_sent(session, id=first.id)
            outbox.mark_notified(session, id=second.id, now=NOW)
        self._reply("assigned")
        refused, _open = self._ask("assigned"), self._ask("assigned")
        with session_scope(self.world.engine) as session:
            proof = code_of(CASES.index("assigned") + 1).tag
            assert answer_consent(session, request_id=refused, case_id=case, proof=proof, consent=None)
        self._assign("assigned", "orxan")
        orxan = self.world.signed_in("orxan")
        with session_scope(self.world.engine) as session:
            add_note(session, signed_in=orxan, case_id=case, text="a note")
            set_assessment(session, signed_in=orxan, case_id=case, assessment="{}")
            outcome = ContactOutcome.NO_ANSWER
            add_contact_attempt(session, signed_in=orxan, case_id=case, outcome=outcome, channel="phone", note="")

    def restrict(self) -> None:
        """Keep a case from colleagues."""
        self._message("restricted")
        self._assign("restricted", "aysel")
        self._reply("restricted", "aysel")
        with session_scope(self.world.engine) as session:
            restrict(session, signed_in=self.world.signed_in("aysel"), case_id=self.cases["restricted"])

    def refer(self) -> None:
        """Share a case by the person's consent; the partner accepts and writes too."""
        case = self.cases["referred"]
        asked = self._ask("referred")
        with session_scope(self.world.engine) as session:
            public = session.get_one(CaseRecord, case).public_key
            to = str(self._to_partner())
            consent = self.world.consent_to(case, public, recipient=to, purpose=SUPPORT, seq=77)
            proof = code_of(CASES.index("referred") + 1).tag
            assert answer_consent(session, request_id=asked, case_id=case, proof=proof, consent=consent)
        self._answer(self._share("referred", SharingKind.REFERRAL))
        nigar = self.world.signed_in("nigar")
        with session_scope(self.world.engine) as session:
            add_note(session, signed_in=nigar, case_id=case, text="a partner's note")
        self._message("referred")

    def revoke(self) -> bytes:
        """Share a case by a consent that was given by voice, and take it back; return the key that the partner had."""
        leyla, nigar, case_id = self.world.signed_in(), self.world.signed_in("nigar"), self.cases["revoked"]
        with session_scope(self.world.engine) as session:
            record_spoken_consent(
                session,
                signed_in=leyla,
                case_id=case_id,
                recipient=self._to_partner(),
                purpose=SUPPORT,
                shared=["narrative"],
                scope=ConsentScope.OWN,
                wording_version="voice",
                words="asked, said yes",
            )
        sharing = self._share("revoked", SharingKind.REFERRAL)
        self._answer(sharing)
        with session_scope(self.world.engine) as session:
            key = case_key(session, signed_in=nigar, case=session.get_one(CaseRecord, case_id))
            revoke_sharing(session, signed_in=leyla, sharing_id=sharing)
        self._message("revoked")
        return key

    def transfer(self) -> None:
        """Move a case to the partner on a supervisor's decision."""
        supervisor = self.world.signed_in("ulviyya")
        with session_scope(self.world.engine) as session:
            override_consent(
                session,
                signed_in=supervisor,
                case_id=self.cases["transferred"],
                recipient=self._to_partner(),
                purpose=SUPPORT,
                basis=LegalBasis.VITAL_INTEREST,
                reason="a reason",
            )
        self._answer(self._share("transferred", SharingKind.TRANSFER))
        self._message("transferred")

    def close(self) -> None:
        """Close a case with a reason, and keep it beyond its day."""
        case, supervisor = self.cases["closed"], self.world.signed_in("ulviyya")
        self._message("closed")
        self._reply("closed")
        self.world.close(case)
        with session_scope(self.world.engine) as session:
            until = today() + dt.timedelta(days=100)
            place_hold(session, signed_in=supervisor, case_id=case, reason=HoldReason.COURT, until_day=until)

    def write_to_those_that_go(self) -> None:
        """Let both sides write in the two cases that will be taken back and erased."""
        for name in ("withdrawn", "erased"):
            self._message(name)
            self._reply(name)

    def take_back(self) -> None:
        """Let one person take their case back, and another one have theirs erased."""
        with session_scope(self.world.engine) as session:
            tags = {name: code_of(CASES.index(name) + 1).tag for name in ("withdrawn", "erased")}
            assert withdraw(session, case_id=self.cases["withdrawn"], proof=tags["withdrawn"])
            assert erase(session, case_id=self.cases["erased"], proof=tags["erased"])

    def rotate(self) -> None:
        """Let a colleague leave and change the organisation's key."""
        with session_scope(self.world.engine) as session:
            disable_staff(session, login="rauf")
        leyla, admin = self.world.signed_in(), demo_admin_key(self.world.data_dir)
        with session_scope(self.world.engine) as session:
            done = rotate_key(session, signed_in=leyla, trust=self.world.trust)
            publish(session, data_dir=self.world.data_dir, admin_key=admin, organisation=done.listed, today=today())

    def put_on_call(self) -> None:
        """Link one colleague's chat, give another one a code for theirs, and send something."""
        keys = load_keys(self.world.data_dir)
        box = seal_on_call(CHATS["new"] + 1000, route_key=keys.route_key, language="az")
        tag = route_tag(CHATS["new"] + 1000, index_key=keys.index_key)
        soon = NOW + dt.timedelta(hours=1)
        with session_scope(self.world.engine) as session:
            for login, number in (("orxan", 1), ("samir", 2)):
                row = session.scalars(select(Staff).where(Staff.login == login)).one()
                row.pairing_tag, row.pairing_until = bytes([number]) * 32, soon
        with session_scope(self.world.engine) as session:
            assert oncall.pair(session, pairing_tag=b"\x01" * 32, route_tag=tag, route_box=box, now=NOW)
            organisation = self.world.own.organisation_id
            assert oncall.alert(session, organisation_id=organisation, kind="overdue", now=NOW, detail="2") == 1

    def say_something_of_the_answers(self) -> None:
        """Leave what readers say: whether an answer helped, a number that does not work, a question without answer."""
        person = Person(CHATS["new"], load_keys(self.world.data_dir).index_key)
        gap = NewGap("az", GapKind.FALLBACK, "a question without an answer")
        with session_scope(self.world.engine) as session:
            note_feedback(session, person=person, answer=ShownAnswer("work_passport_kept", "az"), helpful=True, day=DAY)
            report_number(session, person=person, fact="hotline_labour", language="az", intent=None, day=DAY)
            store_gap(session, person=person, gap=gap, content_key=read_content_key(self.world.data_dir), day=DAY)

    def fill_the_gateway(self) -> None:
        """Leave what the gateway keeps of chats: who wrote, an intake that is under way, a message that waits."""
        keys = load_keys(self.world.data_dir)
        state = State(self.world.data_dir / "gateway.db", keys.route_key)
        for name, chat in CHATS.items():
            if name != "erased":  # who has everything deleted is forgotten here too
                state.save(keys.pseudonym(chat), Chat(language="az", chosen=True))
                state.note_message(keys.pseudonym(chat), 1)
        state.save(keys.pseudonym(CHATS["new"]), Chat(language="az", intake={"seq": 1}, pending={"choices": {}}))
        state.keep(5, '{"a message": "that waits"}')
        state.close()

    def _take(self, name: str) -> None:
        self.world.take(self.cases[name])

    def _reply(self, name: str, login: str = "leyla") -> None:
        self.world.reply(self.cases[name], f"reply to {name}", login)

    def _message(self, name: str) -> None:
        case, number = self.cases[name], 100 + CASES.index(name)
        with session_scope(self.world.engine) as session:
            public = session.get_one(CaseRecord, case).public_key
            field = self.world.message(case, public, number, f"message of {name}")
            assert append_message(session, case_id=case, message_id=f"tg-{number}", field=field, day=DAY)

    def _ask(self, name: str) -> UUID:
        leyla = self.world.signed_in()
        with session_scope(self.world.engine) as session:
            return ask_consent(
                session,
                signed_in=leyla,
                case_id=self.cases[name],
                recipient=self._to_partner(),
                recipient_name="Partner",
                purpose=SUPPORT,
                shared=["narrative"],
                relay_public_key=self.world.public.relay_public_key,
            )

    def _assign(self, name: str, login: str) -> None:
        leyla = self.world.signed_in()
        with session_scope(self.world.engine) as session:
            assign(session, signed_in=leyla, trust=self.world.trust, case_id=self.cases[name], to=self.ids[login])

    def _share(self, name: str, kind: SharingKind) -> UUID:
        leyla = self.world.signed_in()
        with session_scope(self.world.engine) as session:
            shared = Shared(self._to_partner(), kind, "please help")
            return share(session, signed_in=leyla, trust=self.world.trust, case_id=self.cases[name], shared=shared)

    def _answer(self, sharing: UUID) -> None:
        nigar: SignedIn = self.world.signed_in("nigar")
        with session_scope(self.world.engine) as session:
            row: CaseReferral = answer_sharing(
                session, signed_in=nigar, sharing_id=sharing, to=SharingStatus.ACCEPTED, answer="we help"
            )
            assert row.decided_by == nigar.staff_id

    def _to_partner(self) -> Recipient:
        return Recipient(organisation_id=self.partner.organisation_id)
