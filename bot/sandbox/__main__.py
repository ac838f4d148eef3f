"""The sandbox process."""

import sys

from aiohttp import web

from bot.sandbox.server import make_app
from bot.settings import Settings, SettingsError


def main() -> int:
    """Serve the stand-in on loopback until it is stopped; return the exit code."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        web.run_app(
            make_app(), host="127.0.0.1", port=settings.chat_port, print=None, access_log=None, shutdown_timeout=1
        )
    except OSError as error:
        print(f"Port {settings.chat_port} cannot be used ({error.strerror}). Set KORPU_CHAT_PORT.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
