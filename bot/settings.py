"""The settings of every process of the bot, read once from the environment at start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from bot.errors import OperatorError
from bot.paths import ROOT
from bot.released import Released

TELEGRAM_API = "https://api.telegram.org"
DATABASE_USERS = ("actions", "gateway", "console", "janitor")
SANDBOX_TOKEN = "1:sandbox"  # noqa: S105 - the stand-in accepts it, Telegram never would


class SettingsError(OperatorError):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """Where everything is; see `docs/interfaces.md` §1 for the processes that use it."""

    data_dir: Path
    locales_dir: Path
    database_url: str
    own_database_urls: Mapping[str, str]
    telegram_token: str | None
    telegram_api_url: str
    redis_url: str | None
    chat_port: int
    console_port: int
    rasa_port: int
    actions_port: int
    gateway_port: int
    demo: bool

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raise `SettingsError` naming the variable that cannot be used."""
        env = os.environ if environ is None else environ
        data_dir = Path(env.get("KORPU_DATA_DIR") or ROOT / "var").expanduser().resolve()
        ports = _ports(env)
        token = _token(env)
        default_api = TELEGRAM_API if token else f"http://127.0.0.1:{ports['KORPU_CHAT_PORT']}"
        return cls(
            data_dir=data_dir,
            locales_dir=_folder(env, "KORPU_LOCALES_DIR", ROOT / "locales"),
            database_url=env.get("KORPU_DATABASE_URL") or f"sqlite:///{data_dir / 'korpu.db'}",
            own_database_urls={name: url for name in DATABASE_USERS if (url := env.get(database_variable(name)))},
            telegram_token=token,
            telegram_api_url=_url(env, "TELEGRAM_API_URL", default_api),
            redis_url=env.get("KORPU_REDIS_URL") or None,
            chat_port=ports["KORPU_CHAT_PORT"],
            console_port=ports["KORPU_CONSOLE_PORT"],
            rasa_port=ports["KORPU_RASA_PORT"],
            actions_port=ports["KORPU_ACTIONS_PORT"],
            gateway_port=ports["KORPU_GATEWAY_PORT"],
            demo=_flag(env, "KORPU_DEMO", default=True),
        )

    def __repr__(self) -> str:
        """Leave out what may be secret: the token, and addresses that may hold a password."""
        return f"Settings(data_dir={str(self.data_dir)!r}, sandbox={self.sandbox})"

    @property
    def sandbox(self) -> bool:
        """Tell whether the local stand-in serves the chat instead of Telegram."""
        return self.telegram_token is None

    @property
    def bot_token(self) -> str:
        """Return the token that the gateway presents to the Bot API server."""
        return self.telegram_token or SANDBOX_TOKEN

    @property
    def rasa_url(self) -> str:
        """Return the address of the channel inside the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}/webhooks/korpu"

    @property
    def released(self) -> Released:
        """Return where the words stand that people see."""
        return Released(self.data_dir, self.locales_dir)

    def database_url_of(self, process: str) -> str:
        """Return the address at which one process reaches the database: with its own login, if it was given one."""
        return self.own_database_urls.get(process, self.database_url)

    def secret_file(self, name: str) -> Path:
        """Return the path of one secret (`docs/interfaces.md` §2)."""
        return self.data_dir / "secrets" / name


DEFAULT_PORTS = {
    "KORPU_CHAT_PORT": 8080,
    "KORPU_CONSOLE_PORT": 8081,
    "KORPU_RASA_PORT": 5005,
    "KORPU_ACTIONS_PORT": 5055,
    "KORPU_GATEWAY_PORT": 5056,
}


def database_variable(process: str) -> str:
    """Return the variable that names one process' own address of the database."""
    return f"KORPU_DATABASE_URL_{process.upper()}"


def _ports(env: Mapping[str, str]) -> dict[str, int]:
    ports = {name: _port(env, name, default) for name, default in DEFAULT_PORTS.items()}
    for one, other in combinations(ports, 2):
        if ports[one] == ports[other]:
            raise SettingsError(f"{one} and {other} are both {ports[one]}; set one of them to another number.")
    return ports


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise SettingsError(f"{name} is {raw!r}; it must be a port number between 1 and 65535.")
    return int(raw)


def _token(env: Mapping[str, str]) -> str | None:
    """Read the bot's token from its variable or, better, from the file that `TELEGRAM_BOT_TOKEN_FILE` names."""
    token = (env.get("TELEGRAM_BOT_TOKEN") or "").strip()
    file = env.get("TELEGRAM_BOT_TOKEN_FILE")
    if token or not file:
        return token or None
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE is {file!r}, which cannot be read: {error}.") from error
    if not token:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE is {file!r}, which is empty; put the bot's token into it.")
    return token


def _folder(env: Mapping[str, str], name: str, default: Path) -> Path:
    raw = env.get(name)
    if not raw:
        return default
    folder = Path(raw).expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(f"{name} is {raw!r}, which is no folder; it must be the one that holds facts.yml.")
    return folder


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    raw = (env.get(name) or default).rstrip("/")
    if not raw.startswith(("http://", "https://")):
        raise SettingsError(f"{name} is {raw!r}; it must begin with http:// or https://.")
    return raw


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    raw = (env.get(name) or "").lower()
    if raw in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not raw else raw in {"1", "true", "yes", "on"}
    raise SettingsError(f"{name} is {raw!r}; it must be 1 or 0.")
