"""What was erased stays erased, even after an old copy of the database is put back."""

import datetime as dt
import importlib.util
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

from bot.cli.restoring import put_back, settle
from bot.errors import OperatorError
from bot.settings import Settings
from referral import CaseNotFound, erase, session_scope, withdraw, withdraw_sharing
from referral.audit import verify
from referral.checkpoints import compare, make, read
from referral.models import CaseKey, CaseRecord
from referral.recipients import Recipient
from referral.retention import journal
from referral.service.common import today
from referral.service.signing_in import sign_in
from referral.service.staff import disable_staff
from tests.referral.conftest import PASSPHRASE, World, code_of
from tests.referral.sharing import agree, refer

pytestmark = pytest.mark.databases("sqlite")  # PostgreSQL is restored by pg_restore, then the journal is applied
NOW = dt.datetime.now(tz=dt.UTC)
SCRIPT = Path(__file__).resolve().parent.parent.parent / "deploy" / "backup.py"


@pytest.fixture(scope="module")
def backup() -> ModuleType:
    """Return the backup script as a module."""
    spec = importlib.util.spec_from_file_location("backup", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def settings_of(world: World) -> Settings:
    """Return the settings of this world."""
    return Settings.from_env({"KORPU_DATA_DIR": str(world.data_dir)})


def write_journal(world: World) -> int:
    """Write the journal as the janitor does."""
    with session_scope(world.janitor) as session:
        return journal.write(session, world.data_dir / journal.FILE, today=today())


@pytest.mark.databases("sqlite")
def test_a_case_that_was_erased_after_the_copy_does_not_come_back(
    world: World, backup: ModuleType, tmp_path: Path
) -> None:
    gone, kept = world.open(1, narrative="to be erased"), world.open(2)
    copy = backup.back_up(world.data_dir, tmp_path / "copies", now=NOW)
    with session_scope(world.bot) as session:
        assert erase(session, case_id=gone, proof=code_of(1).tag)
    assert write_journal(world) == 1
    world.engine.dispose()
    put_back(settings_of(world), copy)
    assert settle(settings_of(world)).cases_erased == 1
    with pytest.raises(CaseNotFound):
        world.read(gone)
    assert world.read(kept).values
    with session_scope(world.engine) as session:
        assert verify(session) == []


@pytest.mark.databases("sqlite")
def test_what_was_taken_back_or_ended_and_who_left_stay_so(world: World, backup: ModuleType, tmp_path: Path) -> None:
    taken_back, shared = world.open(1), world.open(2)
    partner = Recipient(organisation_id=world.partner().organisation_id)
    world.take(shared)
    agree(world, shared, partner, number=2)
    sharing = refer(world, shared, partner)
    copy = backup.back_up(world.data_dir, tmp_path / "copies", now=NOW)
    with session_scope(world.engine) as session:
        assert withdraw(session, case_id=taken_back, proof=code_of(1).tag)
        assert withdraw_sharing(session, case_id=shared, sharing_id=sharing, proof=code_of(2).tag)
        disable_staff(session, login="samir")
    assert write_journal(world) == 4
    world.engine.dispose()
    put_back(settings_of(world), copy)
    gone = settle(settings_of(world))
    assert (gone.cases_erased, gone.cases_taken_back, gone.consents, gone.staff) == (0, 1, 1, 1)
    for case, login in ((taken_back, "leyla"), (shared, "nigar")):
        with pytest.raises(CaseNotFound):
            world.read(case, login)
    with session_scope(world.console) as session:
        assert sign_in(session, login="samir", passphrase=PASSPHRASE) is None
    assert world.read(shared).values
    assert settle(settings_of(world)) == journal.Applied(0, 0, 0, 0)


def test_a_copy_without_the_keys_opens_no_case(world: World, backup: ModuleType, tmp_path: Path) -> None:
    case = world.open()
    copy = backup.back_up(world.data_dir, tmp_path / "copies", now=NOW)
    with session_scope(world.engine) as session:
        blob = session.get_one(CaseKey, (case, world.own.organisation_id)).sealed_key.blob
    assert blob not in (copy / "korpu.db").read_bytes()
    assert blob in (copy / "case_keys.db").read_bytes()
    (copy / "case_keys.db").unlink()
    world.engine.dispose()
    put_back(settings_of(world), copy)
    settle(settings_of(world))
    assert world.count(CaseKey) == 0
    with pytest.raises(CaseNotFound, match="no key"):
        world.read(case)


def test_the_journal_holds_nothing_of_a_case_and_is_only_added_to(world: World) -> None:
    path = world.data_dir / journal.FILE
    cases = [world.open(number) for number in (1, 2)]
    for number, case in enumerate(cases, start=1):
        with session_scope(world.bot) as session:
            erase(session, case_id=case, proof=code_of(number).tag)
        assert (write_journal(world), write_journal(world)) == (1, 0)
    content = path.read_text()
    assert all(case.hex not in content for case in cases)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [(entry.what, entry.reason) for entry in journal.read(path)] == [(journal.Ended.ERASED, "by the person")] * 2
    path.write_text(content[:-5])
    assert len(journal.read(path)) == 1
    assert journal.read(world.data_dir / "nothing") == []


@pytest.mark.databases("sqlite")
def test_a_folder_that_is_no_backup_changes_nothing(world: World, tmp_path: Path) -> None:
    case = world.open()
    with pytest.raises(OperatorError, match="not a backup"):
        put_back(settings_of(world), tmp_path / "nothing")
    assert world.read(case).values


@pytest.mark.databases("sqlite")
def test_a_restored_log_is_shorter_than_its_checkpoint_says(world: World, backup: ModuleType, tmp_path: Path) -> None:
    world.open(1)
    copy = backup.back_up(world.data_dir, tmp_path / "copies", now=NOW)
    world.open(2)
    signing = world.secret("bot_signing_key")
    with session_scope(world.engine) as session:
        made = make(session, signing_key=signing, now=NOW)
        assert made is not None
        checkpoint = read(made.line, verify_keys=world.public.bot_verify_keys)
        assert compare(session, checkpoint) is None
    world.engine.dispose()
    put_back(settings_of(world), copy)
    with session_scope(world.engine) as session:
        assert "cut off" in (compare(session, checkpoint) or "")
        assert made.short.startswith(f"{checkpoint.seq}-")
        assert session.get(CaseRecord, UUID(int=1)) is None
