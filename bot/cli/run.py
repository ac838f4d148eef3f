"""`korpu run`."""

import contextlib


def run() -> int:
    """Start everything; Ctrl-C stops all of it.

    Without TELEGRAM_BOT_TOKEN the chat is a local stand-in for Telegram in the browser.
    """
    from bot.settings import Settings
    from bot.supervisor.main import run as supervise

    try:
        return supervise(Settings.from_env(), say=say)
    except KeyboardInterrupt:
        say("Stopped.")
        return 0


def say(text: str) -> None:
    """Print at once, also into a pipe; people are served on when nobody reads it any more."""
    with contextlib.suppress(BrokenPipeError):
        print(text, flush=True)
