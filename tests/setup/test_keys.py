"""Key drills at the command line: lost passphrase, leaver, escrow, change of the key, another organisation."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from referral.checkpoints import FILE, keep, make
from referral.crypto.escrow import key_from_paper
from referral.db import engine_for, session_scope
from referral.published import read_public
from tests.setup.test_cli import Korpu, environ_of, passphrase

WORDS = re.compile(r"\b(?:[a-z]{4}-)+[a-z]{4}\b")
PAPER = re.compile(r"\b(?:[A-Z2-7]{5}-){11}[A-Z2-7]\b")


class Ceremony:
    """What was written down at `korpu init`."""

    def __init__(self, printed: str) -> None:
        self.passphrase, self.recovery_code, self.admin = WORDS.findall(printed)
        self.custodians = PAPER.findall(printed)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Korpu:
    """Return the command over a folder that does not exist yet."""
    return Korpu(tmp_path / "var", monkeypatch, capsys)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ceremony]:
    """Hold the ceremony once, because the real cost of guessing a passphrase is paid each time."""
    folder = tmp_path_factory.mktemp("ceremony") / "var"
    command = [sys.executable, "-m", "bot.cli", "init", "--name", "Ümid", "--login", "leyla"]
    done = subprocess.run(command, env=environ_of(folder), capture_output=True, text=True, check=True)
    return folder, Ceremony(done.stdout)


@pytest.fixture
def papers(held: tuple[Path, Ceremony], fresh: Korpu) -> Ceremony:
    """Return what was written down at the ceremony of the folder that `korpu` is over."""
    shutil.copytree(held[0], fresh.data_dir)
    return held[1]


@pytest.fixture
def korpu(fresh: Korpu, papers: Ceremony) -> Korpu:
    """Return the command over a folder in which the ceremony was held."""
    return fresh


def test_the_ceremony_gives_three_papers_and_stores_none_of_them(korpu: Korpu, papers: Ceremony) -> None:
    assert len({key_from_paper(paper) for paper in papers.custodians}) == 3
    secrets = [papers.passphrase, papers.recovery_code, papers.admin, *papers.custodians]
    stored = b"".join(path.read_bytes() for path in korpu.data_dir.rglob("*") if path.is_file())
    assert not any(secret.encode() in stored for secret in secrets)
    assert not any(key_from_paper(paper) in stored for paper in papers.custodians)
    shown = korpu("keys", "show")
    assert "epoch 1, takes new requests" in shown
    assert "Custodians: 3" in shown


def test_the_administration_key_goes_where_it_is_told(fresh: Korpu, tmp_path: Path) -> None:
    stick = tmp_path / "stick.key"
    fresh("init", "--name", "Ümid", "--login", "leyla", "--admin-key", str(stick))
    assert stick.stat().st_mode & 0o777 == 0o600
    assert "Bring the stick" in fresh("keys", "sign", code=1)


def test_a_lost_passphrase_is_replaced_with_the_recovery_code(korpu: Korpu, papers: Ceremony) -> None:
    assert "wrong" in korpu("staff", "recover", "leyla", code=1, typed=f"{papers.passphrase}\n")
    printed = korpu("staff", "recover", "leyla", typed=f"{papers.recovery_code}\n")
    new = passphrase(printed)
    assert "wrong" in korpu("staff", "add", "nigar", "--by", "leyla", code=1, typed=f"{papers.passphrase}\n")
    assert "Added nigar" in korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{new}\n")


def test_a_leaver_goes_and_the_key_is_changed(korpu: Korpu, papers: Ceremony) -> None:
    nigar = passphrase(korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{papers.passphrase}\n"))
    assert "korpu keys rotate" in korpu("staff", "disable", "nigar")
    assert "they may know the present key" in korpu("doctor", code=1)
    assert "wrong" in korpu("keys", "rotate", "--by", "nigar", code=1, typed=f"{nigar}\n")
    typed = f"{papers.passphrase}\n{papers.admin}\n"
    assert "epoch 2" in korpu("keys", "rotate", "--by", "leyla", typed=typed)
    assert "they may know the present key" not in korpu("doctor", code=1)
    assert "epoch 2, takes new requests" in korpu("keys", "show")
    assert "The audit log is whole." in korpu("audit", "verify")


def test_a_change_of_the_key_needs_the_administration_key(korpu: Korpu, papers: Ceremony) -> None:
    printed = korpu("keys", "rotate", "--by", "leyla", code=1, typed=f"{papers.passphrase}\nno-such-words\n")
    assert "administration key is wrong" in printed
    assert "epoch 1, takes new requests" in korpu("keys", "show")
    assert "number 2" in korpu("keys", "sign", typed=f"{papers.admin}\n")


def test_two_custodians_help_when_every_passphrase_is_lost(korpu: Korpu, papers: Ceremony) -> None:
    one, two, three = papers.custodians
    assert "two different custodians" in korpu(
        "keys", "open-escrow", "leyla", "--why", "drill", code=1, typed=f"{one}\n{one}\n"
    )
    assert "wrong or missing" in korpu(
        "keys", "open-escrow", "leyla", "--why", "drill", code=1, typed=f"{one}\n{two[:-6]}\n"
    )
    printed = korpu("keys", "open-escrow", "leyla", "--why", "drill", typed=f"{three}\n{one}\n")
    new = passphrase(printed)
    assert new != papers.passphrase
    assert "Added nigar" in korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{new}\n")
    typed = f"{new}\n{papers.admin}\n"
    assert "epoch 2" in korpu("keys", "rotate", "--by", "leyla", typed=typed)
    again = korpu("keys", "open-escrow", "leyla", "--why", "drill", typed=f"{two}\n{three}\n")
    assert "has the organisation's key again" in again


def test_a_colleague_helps_who_lost_everything(korpu: Korpu, papers: Ceremony) -> None:
    korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{papers.passphrase}\n")
    printed = korpu("staff", "recover", "nigar", "--by", "leyla", typed=f"{papers.passphrase}\n")
    new = passphrase(printed)
    assert "0 of their cases open again" in printed
    assert "Added orxan" in korpu("staff", "add", "orxan", "--by", "nigar", typed=f"{new}\n")


def test_another_organisation_has_its_own_key_and_its_own_people(korpu: Korpu, papers: Ceremony) -> None:
    printed = korpu("organisation", "add", "Hüquq", "--login", "kamran", typed=f"{papers.admin}\n")
    assert "Added 'Hüquq'" in printed
    manifest = read_public(korpu.data_dir).manifest
    assert [own.name for own in manifest.organisations] == ["Ümid", "Hüquq"]
    assert len({own.public_key for own in manifest.organisations}) == 2
    typed = f"{passphrase(printed)}\n"
    assert "Added sevda" in korpu("staff", "add", "sevda", "--by", "kamran", typed=typed)
    assert "last one" in korpu("staff", "disable", "leyla", code=1)


def test_a_code_for_the_chat_of_who_is_on_call(korpu: Korpu) -> None:
    assert re.search(r"^\d{4} \d{4} \d{4} \d{4}$", korpu("staff", "on-call", "leyla"), re.MULTILINE)
    assert "no active login" in korpu("staff", "on-call", "nobody", code=1)


def test_a_log_whose_end_was_cut_off_is_found_with_a_checkpoint(korpu: Korpu, papers: Ceremony) -> None:
    import datetime as dt
    import sqlite3

    korpu("staff", "add", "nigar", "--by", "leyla", typed=f"{papers.passphrase}\n")
    signing = (korpu.data_dir / "secrets" / "bot_signing_key").read_bytes()
    engine = engine_for(f"sqlite:///{korpu.data_dir / 'korpu.db'}")
    with session_scope(engine) as session:
        made = make(session, signing_key=signing, now=dt.datetime.now(tz=dt.UTC))
    engine.dispose()
    assert made is not None
    keep(korpu.data_dir / "checkpoints", made.line)
    assert "Compared with 1 checkpoint(s)" in korpu("audit", "verify")
    with sqlite3.connect(korpu.data_dir / "korpu.db") as database:
        database.execute("DROP TRIGGER audit_event_no_delete")
        database.execute("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")
    database.close()
    printed = korpu("audit", "verify", code=1)
    assert "its end was cut off" in printed
    elsewhere = korpu.data_dir / "checkpoints" / FILE
    elsewhere.write_text(elsewhere.read_text().replace('"seq":', '"seq": '))
    assert "its end was cut off" in korpu("audit", "verify", "--checkpoints", str(elsewhere), code=1)
    elsewhere.write_text("{}\n")
    assert "not a checkpoint" in korpu("audit", "verify", code=1)


def test_a_receipt_is_confirmed_and_an_invented_one_is_not(korpu: Korpu) -> None:
    assert "no deletion with this receipt" in korpu("receipt", "1234 5678 9012", code=1)


def test_statistics_are_made_once_and_by_a_supervisor(korpu: Korpu, papers: Ceremony, tmp_path: Path) -> None:
    typed = f"{papers.passphrase}\n"
    refused = korpu("statistics", "2026-07", "2026-09", "--by", "leyla", code=1, typed=typed)
    assert "Ask your supervisor" in refused
    added = korpu("staff", "add", "aydan", "--role", "supervisor", "--by", "leyla", typed=typed)
    own = f"{passphrase(added)}\n"
    assert "whole quarters" in korpu("statistics", "2026-07", "2026-08", "--by", "aydan", code=1)
    for _ in range(2):
        assert "Wrote" in korpu("statistics", "2026-07", "2026-09", "--by", "aydan", "--out", str(tmp_path), typed=own)
    assert "#output" in (tmp_path / "statistics-2026-07-2026-09.csv").read_text(encoding="utf-8-sig")
