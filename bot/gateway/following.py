"""Follow the released words: people who write a moment after a release are answered in its words."""

import asyncio
import logging

from telegram import Bot

from bot.gateway.profile import Profile, profiles, set_profiles
from bot.gateway.shown import Shown
from bot.released import LOOK_SECONDS, Followed

logger = logging.getLogger(__name__)


class Following:
    """Keep the gateway's words, and what Telegram itself shows of the bot, those of the newest release."""

    def __init__(self, live: Followed[Shown], bot: Bot) -> None:
        self._live = live
        self._bot = bot
        self._profiles: tuple[Profile, ...] = ()
        self._setting: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Look again and again; read in a thread, so that nobody's message waits for it."""
        try:
            self._follow_profile()
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                if self._live.has_moved and await asyncio.to_thread(self._live.look):
                    logger.info("The words of a new release are shown.")
                    self._follow_profile()
        finally:
            if self._setting is not None:
                self._setting.cancel()

    def _follow_profile(self) -> None:
        """Set the profile if its words are new; one that is still being set gives way."""
        wanted = profiles(self._live.latest.locales)
        if wanted == self._profiles:
            return
        self._profiles = wanted
        if self._setting is not None:
            self._setting.cancel()
        self._setting = asyncio.create_task(set_profiles(self._bot, wanted))
