"""kill -9 of each process in turn while a hundred people open a referral: none is lost, none is doubled."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.system.bot_api import TOKEN, BotApi
from tests.system.crowd import codes_shown, open_all
from tests.system.running import System, running_beside
from tests.system.staff import Caseworker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
PEOPLE = 100
PROCESSES = ("gateway", "actions", "rasa", "console", "janitor", "gateway", "actions")
BETWEEN_SECONDS = 4.0


async def test_a_hundred_referrals_survive_the_death_of_every_process(tmp_path: Path) -> None:
    people = [f"Person {number}" for number in range(PEOPLE)]
    stories = [f"wages-{number:03d}-unpaid" for number in range(PEOPLE)]
    async with BotApi() as api, running_beside(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as system:
        crowd = [api.person(name) for name in people]
        killer = asyncio.create_task(_kill_each(system))
        codes = await open_all(crowd, stories)
        await killer
        assert len(set(codes)) == PEOPLE
        assert [codes_shown(person) for person in crowd] == [{code} for code in codes]
        assert _count(system, "case_record") == PEOPLE
        read = await _read_by_staff(system)
        assert read == dict.fromkeys(stories, 1)


async def _kill_each(system: System) -> None:
    """Kill one process after the other; the next one only when the last is back."""
    for number, name in enumerate(PROCESSES):
        await asyncio.sleep(BETWEEN_SECONDS)
        system.kill(name)
        times = PROCESSES[: number + 1].count(name)
        await asyncio.to_thread(system.wait_line, rf"^\s*{name}\s+is ready again", times=times, seconds=120)


def _count(system: System, table: str) -> int:
    with closing(sqlite3.connect(f"file:{system.data_dir / 'korpu.db'}?mode=ro", uri=True)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own constant


async def _read_by_staff(system: System) -> dict[str, int]:
    """Return in how many cases each story stands, as a caseworker reads them; a page without one by its heading."""
    found: dict[str, int] = {}
    async with Caseworker(system.console, system.account) as staff:
        for case in await staff.cases("all"):
            page = await staff.page(f"/case/{case}")
            stories = set(re.findall(r"wages-\d{3}-unpaid", page)) or re.findall("(?s)<h1[^>]*>(.*?)</h1>", page)
            for story in stories:
                found[story] = found.get(story, 0) + 1
    return dict(sorted(found.items()))
