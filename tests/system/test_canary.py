"""What a person types as their story is found nowhere but with Telegram, in the gateway for a moment, and sealed."""

import base64
from pathlib import Path

import pytest

from bot.sandbox.client import SandboxClient
from tests.system.memory import occurrences
from tests.system.people import choose_language, has_button, open_referral, press, read_reply
from tests.system.running import System, running_system
from tests.system.staff import Caseworker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
STORY = "canary-qızılgül-7f3a91-narrative"
WORD = "canary-word-5c20be"
LATER = "canary-later-88d1f4"
CONTROL = b"choose:contact"


def spellings(text: str) -> list[bytes]:
    """Return the forms in which a text could lie somewhere."""
    utf8 = text.encode()
    return [utf8, text.encode("utf-16-le"), text.encode("unicode_escape"), base64.b64encode(utf8)[:-4]]


async def _tell(system: System) -> None:
    async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
        person = await client.person("Canary", "en")
        await choose_language(person, "en")
        await open_referral(person, STORY, code_word=WORD)
        case = await staff.find(STORY)
        await staff.take(case)
        await staff.answer(case, "we have read it")
        await read_reply(person, "we have read it")
        await press(person, "Write to the caseworker", then="write_cancel")
        await person.send(LATER)
        await person.expect(has_button("case_status"))
        assert LATER in await staff.page(f"/case/{case}")


async def test_a_story_is_in_no_file_and_in_no_memory_that_must_not_have_it(tmp_path: Path) -> None:
    with running_system(tmp_path) as system:
        await _tell(system)
        words = [spelling for text in (STORY, WORD, LATER) for spelling in spellings(text)]
        for name in ("rasa", "actions", "janitor"):
            found = occurrences(system.pid(name), [*words, CONTROL])
            control = found.pop(CONTROL)
            assert control > 0 or name == "janitor", f"{name}: the search finds nothing at all"
            assert {word: count for word, count in found.items() if count} == {}, name
        _no_file_has(tmp_path, words)
    _no_file_has(tmp_path, words)


def _no_file_has(folder: Path, words: list[bytes]) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"korpu.db", "gateway.db", "rasa.log", "gateway.log"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert [word for word in words if word in content] == [], path
