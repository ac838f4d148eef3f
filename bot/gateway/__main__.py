"""The gateway process: wiring only."""

import asyncio
import contextlib
import logging
import signal
import sys
from uuid import UUID

import aiohttp
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.facts import FactError
from bot.gateway.alerts import Alerts
from bot.gateway.checkpointing import Checkpointing
from bot.gateway.codes import Codes
from bot.gateway.context import Gateway
from bot.gateway.delivery import Delivery
from bot.gateway.doubts import Doubts
from bot.gateway.following import Following
from bot.gateway.gaps import Gaps
from bot.gateway.keys import KeysMissing, Published, load_keys
from bot.gateway.poller import Poller
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sender import Sender
from bot.gateway.shown import Reader
from bot.gateway.state import State
from bot.gateway.throttle import Throttle
from bot.i18n import TextError
from bot.released import Followed
from bot.settings import Settings, SettingsError
from referral import RETENTION_DAYS, engine_for

logger = logging.getLogger("bot.gateway")
DRAIN_SECONDS = 5.0
PURGE_SECONDS = 3600.0
START_PAUSE = 1.0


async def serve(settings: Settings) -> None:
    """Run the gateway until SIGTERM or SIGINT."""
    keys = load_keys(settings.data_dir)
    state = State(settings.data_dir / "gateway.db", keys.route_key)
    bot = _bot(settings)
    await _introduce(bot)
    engine = engine_for(settings.database_url_of("gateway"))
    async with aiohttp.ClientSession() as http:
        gateway = Gateway(
            keys=keys,
            published=Published(settings.data_dir, retention_days=RETENTION_DAYS),
            live=Followed(settings.released, Reader()),
            state=state,
            sender=Sender(bot, state=state, callback_key=keys.callback_key),
            rasa=RasaClient(http, url=settings.rasa_url, secret=keys.channel_secret),
            codes=Codes(keys.code_pepper, Throttle(state)),
            engine=engine,
            doubts=Doubts(engine),
            gaps=Gaps(engine, data_dir=settings.data_dir, index_key=keys.index_key),
        )
        poller = Poller(bot, gateway)
        await _until_stopped(settings, gateway, poller, bot)
        gateway.gaps.close()
    await bot.shutdown()
    state.close()


async def _introduce(bot: Bot) -> None:
    """Ask the Bot API server who we are, until it answers; raise `InvalidToken` when it does not know us."""
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise
        except NetworkError as error:
            logger.warning("The Bot API server does not answer yet (%s); trying again.", type(error).__name__)
            await asyncio.sleep(START_PAUSE)
        else:
            return


async def _until_stopped(settings: Settings, gateway: Gateway, poller: Poller, bot: Bot) -> None:
    runner = await _health(settings.gateway_port, poller)
    jobs = [
        asyncio.create_task(poller.run()),
        asyncio.create_task(Delivery(gateway).run()),
        asyncio.create_task(Alerts(gateway).run()),
        asyncio.create_task(_checkpointing(settings, gateway).run()),
        asyncio.create_task(gateway.doubts.run()),
        asyncio.create_task(_purge(gateway.state)),
        asyncio.create_task(Following(gateway.live, bot).run()),
    ]
    stopped = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait([waiting, *jobs], return_when=asyncio.FIRST_COMPLETED)
    failed = next((job.exception() for job in jobs if job.done() and not job.cancelled()), None)
    for job in [waiting, *jobs]:
        job.cancel()
    await asyncio.gather(waiting, *jobs, return_exceptions=True)
    await poller.drain(DRAIN_SECONDS)
    await runner.cleanup()
    if failed is not None:
        raise failed


def _checkpointing(settings: Settings, gateway: Gateway) -> Checkpointing:
    return Checkpointing(
        gateway.engine,
        folder=settings.data_dir / "checkpoints",
        signing_key=gateway.keys.bot_signing_key,
        staff_of=UUID(gateway.organisation.organisation_id),
    )


def _bot(settings: Settings) -> Bot:
    url = settings.telegram_api_url
    return Bot(
        settings.bot_token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=HTTPXRequest(connection_pool_size=64, connect_timeout=10, read_timeout=20, pool_timeout=30),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10),
    )


async def _health(port: int, poller: Poller) -> web.AppRunner:
    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"healthy": poller.healthy}, status=200 if poller.healthy else 503)

    app = web.Application()
    app.router.add_get("/health", health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


async def _purge(state: State) -> None:
    while True:
        state.purge()
        await asyncio.sleep(PURGE_SECONDS)


def main() -> int:
    """Run the gateway; return the exit code after one clear line about what is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "httpcore"):  # they log the address of every call, and the token is in it
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(Settings.from_env()))
    except InvalidToken:
        print("Telegram does not know this bot. Check TELEGRAM_BOT_TOKEN (from BotFather).", file=sys.stderr)
        return 2
    except (SettingsError, KeysMissing, TextError, FactError) as error:
        print(str(error), file=sys.stderr)
        return 2
    except TelegramError as error:
        print(f"The Bot API server cannot be reached: {type(error).__name__}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
