"""Who gets hold of what: each thief and each holder, with everything that they have at the beginning."""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from sqlalchemy import select

from bot.gateway.keys import load_keys
from bot.paths import ROOT
from referral import engine_for, session_scope
from referral.adminkey import demo_admin_key
from referral.crypto.staff import StaffLock
from referral.feedback.person import Person
from referral.keys import SECRETS
from referral.models import Staff
from tests.referral.conftest import code_of
from tests.referral.matrix.blobs import Blob, in_gateway, in_key_file, stored
from tests.referral.matrix.closure import KEY_BYTES, Holding, Locks, in_clear, keys_behind
from tests.referral.matrix.contents import Content
from tests.referral.matrix.hosts import ACTIONS, CONSOLE, GATEWAY, JANITOR, RASA, Host
from tests.referral.matrix.people import paper_of, words_of
from tests.referral.matrix.world import CASES, CHATS, NOW, SAID, Full

DEMO_WORDS = frozenset({words_of("leyla")})  # a demonstration's passphrase lies in a file beside the rest


@dataclass(frozen=True)
class Stores:
    """What can be stolen: the database, a backup of it and its file of keys, the gateway's file, an old copy."""

    database: frozenset[Blob]
    gateway: frozenset[Blob]
    backup: frozenset[Blob]
    backup_keys: frozenset[Blob]
    before: frozenset[Blob]


def stores_of(full: Full, folder: Path) -> Stores:
    """Return everything that is stored; the backup is made by the script that operators use."""
    made = _backup_script().back_up(full.world.data_dir, folder, now=NOW)
    engine = engine_for(f"sqlite:///{made / 'korpu.db'}")
    with session_scope(engine) as session:
        backup = stored(session)
    engine.dispose()
    return Stores(
        database=full.blobs(),
        gateway=in_gateway(full.world.data_dir / "gateway.db"),
        backup=backup | in_gateway(made / "gateway.db"),
        backup_keys=in_key_file(made / "case_keys.db"),
        before=full.before,
    )


def locks_of(full: Full) -> Locks:
    """Return the locks of the staff table, both of each person."""
    with session_scope(full.world.engine) as session:
        rows = session.scalars(select(Staff)).all()
    found = [lock for row in rows for lock in _locks(row)]
    return Locks(found)


def thieves(full: Full, stores: Stores, locks: Locks) -> dict[str, Holding]:
    """Return who holds what, by a name that says it."""
    held = _Holdings(full, stores, locks)
    return held.machines() | held.staff() | held.others()


class _Holdings:
    def __init__(self, full: Full, stores: Stores, locks: Locks) -> None:
        self._full, self._stores, self._locks = full, stores, locks

    def machines(self) -> dict[str, Holding]:
        """Return what can be carried away without anybody's help."""
        stores, everything = self._stores, self._everything()
        gateway = self._host(GATEWAY)
        return {
            "database alone": Holding(in_clear(stores.database), blobs=stores.database),
            "backup without its file of keys": Holding(blobs=stores.backup),
            "backup with its file of keys": Holding(blobs=stores.backup | stores.backup_keys),
            "Rasa's host": self._host(RASA),
            "action server's host": self._host(ACTIONS),
            "console's host, switched off": self._host(CONSOLE),
            "janitor's host": self._host(JANITOR),
            "gateway's host without the database": Holding(gateway.keys, blobs=stores.gateway),
            "gateway's host and the database": gateway,
            "everything on one machine, switched off": everything,
            "everything of a demonstration (`make run`)": Holding(everything.keys, DEMO_WORDS, everything.blobs),
        }

    def staff(self) -> dict[str, Holding]:
        """Return what members of staff hold together with a copy of the database; most never have one."""
        return {
            "intake worker": self._words("samir"),
            "recovery code of an intake worker": Holding(
                words=frozenset({paper_of("samir")}), blobs=self._stores.database
            ),
            "supervisor": self._words("ulviyya"),
            "caseworker with the assigned case": self._words("orxan"),
            "caseworker with the restricted case": self._words("aysel"),
            "caseworker without a case": self._words("tural"),
            "editor": self._words("nina"),
            "partner's intake worker": self._words("nigar"),
            "leaver with passphrase and old organisation key": self._leaver(self._stores.database),
            "leaver who wrote down case keys": self._leaver(self._stores.database, case_keys=True),
            "former partner who wrote down the revoked case's key": self._former_partner(),
            "intake worker and backup without its file of keys": Holding(
                words=frozenset({words_of("samir")}), blobs=self._stores.backup
            ),
            "intake worker and a copy from before two cases were taken back": Holding(
                words=frozenset({words_of("samir")}), blobs=self._stores.before
            ),
        }

    def others(self) -> dict[str, Holding]:
        """Return people outside, with a copy of the database."""
        blobs, custodians = self._stores.database, self._full.custodians
        own = code_of(len(CASES) + 9).private_key
        return {
            "one custodian": Holding(frozenset(custodians[:1]), blobs=blobs),
            "two custodians": Holding(frozenset(custodians[1:]), blobs=blobs),
            "administration key": Holding(frozenset({demo_admin_key(self._full.world.data_dir)}), blobs=blobs),
            "code of the assigned case": self._code("assigned"),
            "code of the withdrawn case": self._code("withdrawn"),
            "code of the erased case": self._code("erased"),
            "stranger with a code of their own": Holding(frozenset({own}), blobs=blobs),
        }

    def _host(self, host: Host) -> Holding:
        keys = {self._full.world.secret(name) for name in host.secrets}
        blobs = self._stores.database if host.database else frozenset()
        return Holding(frozenset(keys | _half(keys)), blobs=blobs | (self._stores.gateway if host.files else set()))

    def _everything(self) -> Holding:
        keys = {self._full.world.secret(name) for name in SECRETS}
        return Holding(frozenset(keys | _half(keys)), blobs=self._stores.database | self._stores.gateway)

    def _words(self, login: str) -> Holding:
        return Holding(words=frozenset({words_of(login)}), blobs=self._stores.database)

    def _code(self, name: str) -> Holding:
        return Holding(frozenset({code_of(CASES.index(name) + 1).private_key}), blobs=self._stores.database)

    def _leaver(self, blobs: frozenset[Blob], *, case_keys: bool = False) -> Holding:
        """A leaver had everything that their passphrase opened on their last day."""
        last_day = Holding(words=frozenset({words_of("rauf")}), blobs=self._full.before)
        wanted = {Content.ORGANISATION_KEY, Content.STAFF_KEY} | ({Content.CASE_KEY} if case_keys else set())
        keys = keys_behind(last_day, self._locks, wanted)
        return Holding(keys, words=frozenset({words_of("rauf")}), blobs=blobs)

    def _former_partner(self) -> Holding:
        """The partner's key opened the case while it was shared; what it opened to may have been written down."""
        own = Holding(words=frozenset({words_of("nigar")}), blobs=self._stores.database)
        return Holding(frozenset({self._full.revoked_key}), own.words, own.blobs)


def _half(keys: Iterable[bytes]) -> set[bytes]:
    """Return the beginnings of secrets that are longer than a key."""
    return {key[:KEY_BYTES] for key in keys if len(key) > KEY_BYTES}


def _locks(row: Staff) -> tuple[StaffLock, StaffLock]:
    profile = (row.kdf_operations, row.kdf_memory)
    return (
        StaffLock(row.salt, *profile, row.login_hash, row.locked_private_key),
        StaffLock(row.recovery_salt, *profile, row.recovery_hash, row.recovery_locked_key),
    )


def _backup_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("backup", ROOT / "deploy" / "backup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found_by_trying(holding: Holding, full: Full) -> list[str]:
    """Return what a thief with the key of the pseudonyms finds by trying numbers of chats."""
    if full.world.secret("index_key") not in holding.keys:
        return []
    wrote, said = _everybody_who_wrote(holding, full), _everybody_who_said_something(holding, full)
    return [name for name, found in (("who wrote to the bot", wrote), ("who said what of an answer", said)) if found]


def _everybody_who_wrote(holding: Holding, full: Full) -> frozenset[str]:
    senders = {blob.bound for blob in holding.blobs if blob.content is Content.GATEWAY}
    keys = load_keys(full.world.data_dir)
    return frozenset(name for name, chat in CHATS.items() if keys.pseudonym(chat).encode() in senders)


def _everybody_who_said_something(holding: Holding, full: Full) -> frozenset[str]:
    marks = {blob.value for blob in holding.blobs if blob.column.endswith(".who")}
    people = {name: Person(chat, full.world.secret("index_key")) for name, chat in CHATS.items()}
    return frozenset(name for name, person in people.items() for said in SAID if person.about(said) in marks)
