"""With a token and the address of a Bot API server that is not ours, the same dialogues work."""

from pathlib import Path

import pytest

from tests.system.bot_api import TOKEN, BotApi
from tests.system.people import CODE, LOCALES, choose_language, has_button, label, open_referral, read_reply
from tests.system.running import running_beside
from tests.system.staff import Caseworker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


async def test_nothing_in_the_gateway_knows_the_sandbox(tmp_path: Path) -> None:
    async with BotApi() as api:
        async with running_beside(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as system:
            person = api.person("Gulnara", "ru")
            await choose_language(person, "ru")
            await person.send("как получить разрешение на работу")
            await person.expect(has_button("request_help:work"))
            await person.send("муж меня бьёт помогите")
            await person.expect("112")
            code = await open_referral(person, "история для чужого сервера")
            assert CODE.fullmatch(code)
            async with Caseworker(system.console, system.account) as staff:
                case = await staff.find("история для чужого сервера")
                await staff.take(case)
                await staff.answer(case, "Мы прочитали")
            await read_reply(person, "Мы прочитали")
            await person.send("/status")
            await person.expect(label("state_in_progress", "ru"))
            await person.send("/exit")
            await person.expect(LOCALES.text("exit_done", "ru").split("\n")[0][3:20])
            assert len(await person.messages()) == 1
        assert api.calls["getme"] <= 3
        assert api.calls["answercallbackquery"] >= 10
    assert _files_with(tmp_path, TOKEN.encode()) == []


def _files_with(folder: Path, secret: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]
