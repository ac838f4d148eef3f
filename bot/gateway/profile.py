"""What Telegram itself shows of the bot, in every language: commands, name, descriptions."""

import logging

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.gateway.incoming import COMMANDS
from bot.i18n import SOURCE_LANGUAGE, Locales

logger = logging.getLogger(__name__)


async def set_profile(bot: Bot, locales: Locales) -> None:
    """Set the profile; a fault is logged and harms nothing, since Telegram keeps the old one."""
    try:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        for code in locales.languages:
            await _set(bot, locales, code, code)
        await _set(bot, locales, SOURCE_LANGUAGE, None)
    except TelegramError as error:
        logger.warning("The bot's profile could not be set: %s", type(error).__name__)


async def _set(bot: Bot, locales: Locales, language: str, code: str | None) -> None:
    commands = [BotCommand(name, locales.label(f"cmd_{name}", language)) for name in COMMANDS]
    description = locales.label("profile_description", language)
    about = locales.label("profile_about", language)
    if (await bot.get_my_commands(language_code=code)) != tuple(commands):
        await bot.set_my_commands(commands, language_code=code)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != about:
        await bot.set_my_short_description(about, language_code=code)
