"""What must be right before anything is started; each fault is one clear line."""

from pathlib import Path

from bot.errors import OperatorError
from bot.facts import FactError
from bot.i18n import TextError, load_locales
from bot.paths import ROOT
from bot.yamlfile import read_yaml

CONFIGURATION = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


def check_configuration(root: Path = ROOT) -> None:
    """Check that the configuration is there and can be read; raise `OperatorError` naming file and line."""
    for name in CONFIGURATION:
        read_yaml(root / name, root)


def check_danger(locales: Path) -> None:
    """Check that the danger gate can be made; raise `OperatorError` naming the pattern that cannot be used."""
    from bot.gateway.danger import load_gate
    from bot.gateway.danger.patterns import PatternError

    try:
        load_gate(locales, models=None)
    except PatternError as error:
        raise OperatorError(f"The danger gate cannot be made: {error}") from error
    except (KeyError, TypeError) as error:
        raise OperatorError(f"The danger gate cannot be made: a danger.yml lacks an entry ({error}).") from error


def check_words(locales: Path) -> None:
    """Check that the bot's words can be read; raise `OperatorError` naming the text or the fact."""
    try:
        load_locales(locales)
    except (TextError, FactError) as error:
        raise OperatorError(f"The locale files cannot be used: {error}") from error
    except (KeyError, TypeError) as error:
        raise OperatorError(f"The locale files cannot be used: an entry is missing or misshapen ({error}).") from error
