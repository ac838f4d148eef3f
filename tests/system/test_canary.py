"""What people type is found nowhere but with Telegram, in the gateway for a moment, and sealed.

A marker is put into everything that can be typed by either side, then looked for in every file, backup, temporary file,
environment and command line, and in the memory of the processes that must never have had it.
"""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest

from bot.sandbox.client import SandboxClient
from referral import engine_for, session_scope
from referral.published import read_public
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import ask_consent
from referral.service.notes import add_note
from referral.service.signing_in import sign_in
from referral.service.trust import Trust
from tests.system.everything import type_everything
from tests.system.memory import occurrences
from tests.system.people import choose_language, has_button, open_referral, press, read_reply
from tests.system.running import System, running_system
from tests.system.staff import Caseworker
from tests.system.traces import (
    back_up,
    files_with,
    processes_with,
    spellings,
    spellings_of_chat,
    temporary_files_with,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NAME = "Canary-name-e01b77"
STORY = "canary-qızılgül-7f3a91-narrative"
WORD = "canary-word-5c20be"
REPLY = "canary-reply-c7715a"
LATER = "canary-later-88d1f4"
NOTE = "canary-note-1f0a93"
ASKED = "canary-asked-b3dd20"
TYPED = "canary-typed-64ce1d"
CONTROL = b"choose:contact"
LEAST_TYPED = 3  # story, place, code word; more when more can be typed


@dataclass
class Told:
    """Everything that must be found nowhere: what was typed, the codes, the chats."""

    texts: list[str] = field(default_factory=lambda: [NAME, STORY, WORD, REPLY, LATER, NOTE, ASKED])
    chats: list[int] = field(default_factory=list)

    def words(self) -> list[bytes]:
        """Return every spelling of all of it."""
        texts = [spelling for text in self.texts for spelling in spellings(text)]
        return texts + [spelling for chat in self.chats for spelling in spellings_of_chat(chat)]


async def _tell(system: System) -> Told:
    told = Told()
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person(NAME, "en")
        await choose_language(person, "en")
        code = await open_referral(person, STORY, code_word=WORD)
        case = await staff.find(STORY)
        await staff.take(case)
        await staff.answer(case, REPLY)
        await read_reply(person, REPLY)
        await press(person, "Write to the caseworker", then="write_cancel")
        await person.send(LATER)
        await person.expect(has_button("case_status"))
        assert LATER in await staff.page(f"/case/{case}")
        _write_as_staff(system, UUID(case))
        other = await client.person(NAME, "en")
        await choose_language(other, "en")
        second_code, typed = await type_everything(other, TYPED)
    assert len(typed) >= LEAST_TYPED
    told.texts += [TYPED, code, code.replace(" ", ""), second_code, second_code.replace(" ", "")]
    told.chats = [person.id, other.id]
    return told


def _write_as_staff(system: System, case_id: UUID) -> None:
    """Write a note and a question for consent into the case."""
    public, engine = read_public(system.data_dir), engine_for(f"sqlite:///{system.data_dir / 'korpu.db'}")
    login, passphrase = system.account
    with session_scope(engine) as session:
        found = sign_in(session, login=login, passphrase=passphrase)
    assert found is not None
    signed_in = replace(found, trust=Trust(public.manifest))
    with session_scope(engine) as session:
        add_note(session, signed_in=signed_in, case_id=case_id, text=NOTE)
        ask_consent(
            session,
            signed_in=signed_in,
            case_id=case_id,
            recipient=Recipient(provider="legal-aid"),
            recipient_name=ASKED,
            purpose=SUPPORT,
            shared=["narrative"],
            relay_public_key=public.relay_public_key,
        )
    engine.dispose()


async def test_a_story_is_in_no_file_and_in_no_memory_that_must_not_have_it(tmp_path: Path) -> None:
    since = time.time()
    with running_system(tmp_path) as system:
        words = (await _tell(system)).words()
        for name in ("rasa", "actions", "janitor"):
            found = occurrences(system.pid(name), [*words, CONTROL])
            control = found.pop(CONTROL)
            assert control > 0 or name == "janitor", f"{name}: the search finds nothing at all"
            assert {word: count for word, count in found.items() if count} == {}, name
        assert processes_with(system, words) == []
        back_up(system.data_dir, tmp_path / "backups")
        _no_file_has(tmp_path, words)
        assert temporary_files_with(words, since=since) == []
    _no_file_has(tmp_path, words)


def _no_file_has(folder: Path, words: list[bytes]) -> None:
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert {"korpu.db", "gateway.db", "rasa.log", "gateway.log", "case_keys.db"} <= names
    assert files_with(folder, words) == []
