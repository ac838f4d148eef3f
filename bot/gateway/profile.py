"""What Telegram itself shows of the bot, in every language: commands, name, descriptions."""

import logging
from dataclasses import dataclass

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.gateway.incoming import COMMANDS
from bot.i18n import SOURCE_LANGUAGE, Locales

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Profile:
    """What is shown in one language; `code` is None for whoever has none of ours."""

    code: str | None
    commands: tuple[BotCommand, ...]
    description: str
    about: str


def profiles(locales: Locales) -> tuple[Profile, ...]:
    """Return what is to be shown in each language."""
    return (*(_profile(locales, code, code) for code in locales.languages), _profile(locales, SOURCE_LANGUAGE, None))


def _profile(locales: Locales, language: str, code: str | None) -> Profile:
    return Profile(
        code=code,
        commands=tuple(BotCommand(name, locales.label(f"cmd_{name}", language)) for name in COMMANDS),
        description=locales.label("profile_description", language),
        about=locales.label("profile_about", language),
    )


async def set_profiles(bot: Bot, shown: tuple[Profile, ...]) -> None:
    """Set the profile in every language; a fault is logged and harms nothing, since Telegram keeps the old one."""
    try:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        for profile in shown:
            await _set(bot, profile)
    except TelegramError as error:
        logger.warning("The bot's profile could not be set: %s", type(error).__name__)


async def _set(bot: Bot, profile: Profile) -> None:
    code = profile.code
    if (await bot.get_my_commands(language_code=code)) != profile.commands:
        await bot.set_my_commands(profile.commands, language_code=code)
    if (await bot.get_my_description(language_code=code)).description != profile.description:
        await bot.set_my_description(profile.description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != profile.about:
        await bot.set_my_short_description(profile.about, language_code=code)
