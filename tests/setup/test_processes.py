"""What each process is given, and what it is not."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import DATABASE_USERS, Settings, database_variable
from bot.supervisor.processes import process_list
from bot.supervisor.spec import ProcessSpec

TOKEN = "123456:a-token-that-must-not-be-seen"
ENVIRON = {
    "PATH": "/usr/bin",
    "HOME": "/home/korpu",
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "KORPU_DATABASE_URL": "postgresql://db.example/korpu",
    "PGPASSFILE": "/home/korpu/.pgpass",
    "HTTPS_PROXY": "http://proxy.example:3128",
    "AWS_SECRET_ACCESS_KEY": "of something else",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@pytest.fixture
def specs() -> dict[str, ProcessSpec]:
    """Return the processes for the real Telegram."""
    settings = Settings.from_env(ENVIRON)
    return {spec.name: spec for spec in process_list(settings, token_fd=7, environ=ENVIRON)}


def test_with_a_token_there_is_no_sandbox(specs: dict[str, ProcessSpec]) -> None:
    assert set(specs) == {"content", "rasa", "actions", "gateway", "console", "janitor"}


def test_without_a_token_there_is_one_and_the_gateway_is_pointed_at_it() -> None:
    specs = {spec.name: spec for spec in process_list(Settings.from_env({"KORPU_CHAT_PORT": "9000"}), environ={})}
    assert specs["sandbox"].port == 9000
    assert specs["gateway"].environment["TELEGRAM_API_URL"] == "http://127.0.0.1:9000"
    assert "TELEGRAM_BOT_TOKEN_FILE" not in specs["gateway"].environment


def test_no_secret_is_in_any_environment(specs: dict[str, ProcessSpec]) -> None:
    for spec in specs.values():
        assert not [name for name, value in spec.environment.items() if TOKEN in value]
        assert "AWS_SECRET_ACCESS_KEY" not in spec.environment
        assert "secret" not in repr(spec)


def test_only_the_gateway_can_read_the_token(specs: dict[str, ProcessSpec]) -> None:
    assert {name for name, spec in specs.items() if spec.pass_fds} == {"gateway"}
    assert specs["gateway"].environment["TELEGRAM_BOT_TOKEN_FILE"] == "/proc/self/fd/7"


@pytest.mark.parametrize(
    ("variable", "who"),
    [
        ("KORPU_DATABASE_URL", {"actions", "gateway", "console", "janitor"}),
        ("KORPU_LOCALES_DIR", {"content", "rasa", "actions", "gateway", "console"}),
        ("PGPASSFILE", {"actions", "gateway", "console", "janitor"}),
        ("HTTPS_PROXY", {"gateway"}),
        ("TELEGRAM_API_URL", {"gateway"}),
        ("TELEGRAM_BOT_TOKEN", set()),
        ("PYTHONDONTWRITEBYTECODE", set()),
    ],
)
def test_a_variable_goes_only_to_those_who_need_it(specs: dict[str, ProcessSpec], variable: str, who: set[str]) -> None:
    assert {name for name, spec in specs.items() if variable in spec.environment} == who


def test_each_process_is_given_its_own_way_into_the_database_and_no_other() -> None:
    own = {name: f"postgresql://{name}@/korpu" for name in DATABASE_USERS if name != "janitor"}
    environ = ENVIRON | {database_variable(name): url for name, url in own.items()}
    for spec in process_list(Settings.from_env(environ), environ=environ):
        found = {name: value for name, value in spec.environment.items() if "DATABASE" in name}
        url = own.get(spec.name, ENVIRON["KORPU_DATABASE_URL"])
        assert found == ({"KORPU_DATABASE_URL": url} if spec.name in DATABASE_USERS else {})


def test_every_process_can_read_its_settings(specs: dict[str, ProcessSpec]) -> None:
    environ = ENVIRON | {"KORPU_CHAT_PORT": "5056", "KORPU_GATEWAY_PORT": "8080", "TELEGRAM_BOT_TOKEN": ""}
    for spec in process_list(Settings.from_env(environ), environ=environ):
        assert Settings.from_env(spec.environment).gateway_port == 8080


def test_rasa_sends_no_telemetry(specs: dict[str, ProcessSpec]) -> None:
    assert specs["rasa"].environment["RASA_TELEMETRY_ENABLED"] == "false"


def test_the_token_is_handed_over_in_memory() -> None:
    from bot.supervisor.main import _in_memory

    descriptor = _in_memory(TOKEN)
    settings = Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": f"/proc/self/fd/{descriptor}"})
    again = Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": f"/proc/self/fd/{descriptor}"})
    assert settings.telegram_token == again.telegram_token == TOKEN
    assert not Path(f"/proc/self/fd/{descriptor}").resolve().exists()
    os.close(descriptor)


def test_the_data_folder_is_the_same_for_all(specs: dict[str, ProcessSpec], tmp_path: Path) -> None:
    settings = replace(Settings.from_env({}), data_dir=tmp_path)
    folders = {spec.environment.get("KORPU_DATA_DIR") for spec in process_list(settings, environ={})}
    assert folders == {None, str(tmp_path)}  # None: the sandbox keeps nothing on disk
