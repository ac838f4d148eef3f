"""The settings of the processes of this package; the names are those of the bot's."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locales"


class SettingsError(Exception):
    """A setting cannot be used; the message names the variable and says what to do."""


@dataclass(frozen=True)
class ReferralSettings:
    """Where database, secrets and editors' files are, the console's port, and which modules add pages to it."""

    data_dir: Path
    locales_dir: Path
    database_url: str
    console_port: int
    console_pages: tuple[str, ...] = ()

    @classmethod
    def from_env(cls, process: str, environ: Mapping[str, str] | None = None) -> "ReferralSettings":
        """Read the settings of the `console` or the `janitor`; raise `SettingsError`."""
        env = os.environ if environ is None else environ
        data_dir = Path(env.get("KORPU_DATA_DIR") or "var").resolve()
        port = env.get("KORPU_CONSOLE_PORT") or "8081"
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SettingsError(f"KORPU_CONSOLE_PORT is {port!r}; it must be a port number between 1 and 65535.")
        url = env.get(f"KORPU_DATABASE_URL_{process.upper()}") or env.get("KORPU_DATABASE_URL")
        pages = tuple((env.get("KORPU_CONSOLE_PAGES") or "").replace(",", " ").split())
        return cls(data_dir, _locales(env), url or f"sqlite:///{data_dir / 'korpu.db'}", int(port), pages)


def _locales(env: Mapping[str, str]) -> Path:
    raw = env.get("KORPU_LOCALES_DIR")
    folder = Path(raw).expanduser().resolve() if raw else LOCALES
    if raw and not folder.is_dir():
        raise SettingsError(f"KORPU_LOCALES_DIR is {raw!r}, which is no folder; it must be the one with facts.yml.")
    return folder
