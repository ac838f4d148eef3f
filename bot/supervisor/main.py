"""`korpu run`: check, prepare, train, start, wait."""

import asyncio
import os
import signal
from collections.abc import Callable

import aiohttp

from bot.content.live.start import begin
from bot.settings import Settings
from bot.supervisor import banner
from bot.supervisor.group import supervise
from bot.supervisor.lock import only_one
from bot.supervisor.ports import check_ports
from bot.supervisor.preflight import check_configuration, check_words
from bot.supervisor.prepare import Prepared, make_data_dir, prepare
from bot.supervisor.processes import process_list
from bot.supervisor.telegram import bot_username
from bot.training import train

Say = Callable[[str], None]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(settings: Settings, *, say: Say) -> int:
    """Run everything until a signal; return the exit code. Raise `OperatorError` with one clear line."""
    make_data_dir(settings.data_dir)
    with only_one(settings.data_dir):
        check_ports(process_list(settings))
        check_configuration()
        begin(settings.released, say=say)
        check_words(settings.released.folder())
        chat = f"http://127.0.0.1:{settings.chat_port}" if settings.sandbox else asyncio.run(_chat_url(settings, say))
        prepared = prepare(settings)
        train(log_file=settings.data_dir / "logs" / "train.log", say=say, words=settings.released.folder())
        say("Starting …")
        return asyncio.run(_serve(settings, prepared, chat, say))


async def _chat_url(settings: Settings, say: Say) -> str:
    async with aiohttp.ClientSession(trust_env=True) as http:
        name = await bot_username(http, api_url=settings.telegram_api_url, token=settings.bot_token, say=say)
    return f"https://t.me/{name}"


async def _serve(settings: Settings, prepared: Prepared, chat: str, say: Say) -> int:
    os.umask(0o077)  # what the processes write is for their owner only
    console = f"http://127.0.0.1:{settings.console_port}"
    stopped = asyncio.Event()
    for sign in _stop_signals():
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    token_fd = None if settings.sandbox else _in_memory(settings.bot_token)
    return await supervise(
        process_list(settings, token_fd=token_fd),
        log_dir=settings.data_dir / "logs",
        say=say,
        on_ready=lambda: say("\n".join(banner.lines(prepared, chat=chat, console=console))),
        stopped=stopped,
    )


def _stop_signals() -> tuple[signal.Signals, ...]:
    """Return the signals to stop at; not the closing of the terminal when `nohup` has said to ignore it."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return STOP_SIGNALS
    return (*STOP_SIGNALS, signal.SIGHUP)


def _in_memory(secret: str) -> int:
    """Return a descriptor of a file that is in no folder: the secret is neither on disk nor in an environment."""
    descriptor = os.memfd_create("telegram_bot_token")
    os.write(descriptor, secret.encode())
    return descriptor
