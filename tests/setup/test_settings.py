"""Settings: each fault names the variable and says what to do."""

from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.settings import Settings, SettingsError
from referral.settings import ReferralSettings


@pytest.mark.parametrize(
    ("environ", "named", "advice"),
    [
        ({"KORPU_CHAT_PORT": "80a"}, "KORPU_CHAT_PORT is '80a'", "between 1 and 65535"),
        ({"KORPU_CONSOLE_PORT": "0"}, "KORPU_CONSOLE_PORT is '0'", "between 1 and 65535"),
        ({"KORPU_RASA_PORT": "8080"}, "KORPU_CHAT_PORT and KORPU_RASA_PORT are both 8080", "another number"),
        ({"TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL is 'api.telegram.org'", "https://"),
        ({"KORPU_DEMO": "perhaps"}, "KORPU_DEMO is 'perhaps'", "1 or 0"),
        ({"TELEGRAM_BOT_TOKEN_FILE": "/nowhere/token"}, "TELEGRAM_BOT_TOKEN_FILE", "cannot be read"),
    ],
)
def test_a_fault_names_the_variable_and_the_remedy(environ: dict[str, str], named: str, advice: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    assert named in str(caught.value)
    assert advice in str(caught.value)


def test_without_a_token_the_sandbox_serves_the_chat() -> None:
    settings = Settings.from_env({"KORPU_CHAT_PORT": "9000"})
    assert settings.sandbox
    assert settings.telegram_api_url == "http://127.0.0.1:9000"
    assert settings.data_dir == ROOT / "var"


def test_the_token_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc\n")
    settings = Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")})
    assert settings.telegram_token == "123:abc"
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_an_empty_token_file_does_not_start_the_sandbox_instead(tmp_path: Path) -> None:
    (tmp_path / "token").touch()
    with pytest.raises(SettingsError, match="is empty"):
        Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")})


def test_settings_do_not_show_what_may_be_secret() -> None:
    settings = Settings.from_env(
        {"TELEGRAM_BOT_TOKEN": "123:secret", "KORPU_DATABASE_URL": "postgresql://korpu:secret@host/db"}
    )
    assert "secret" not in repr(settings)
    assert "secret" not in str(settings)


@pytest.mark.parametrize("process", ["console", "janitor"])
def test_a_process_of_its_own_reads_its_own_way_into_the_database(process: str, tmp_path: Path) -> None:
    environ = {"KORPU_DATA_DIR": str(tmp_path)}
    assert ReferralSettings.from_env(process, environ).database_url == f"sqlite:///{tmp_path / 'korpu.db'}"
    environ["KORPU_DATABASE_URL"] = "postgresql:///korpu"
    assert ReferralSettings.from_env(process, environ).database_url == "postgresql:///korpu"
    environ |= {
        "KORPU_DATABASE_URL_CONSOLE": "postgresql://c@/korpu",
        "KORPU_DATABASE_URL_JANITOR": "postgresql://j@/korpu",
    }
    assert ReferralSettings.from_env(process, environ).database_url == f"postgresql://{process[0]}@/korpu"
    assert Settings.from_env(environ).database_url_of(process) == f"postgresql://{process[0]}@/korpu"
    assert Settings.from_env(environ).database_url_of("actions") == "postgresql:///korpu"
