"""`korpu understand`."""

import os
from typing import Annotated

import typer


def understand(
    lang: Annotated[str | None, typer.Option("--lang", help="The language that the person has chosen, as az.")] = None,
) -> int:
    """Tell what the bot makes of each line.

    Reads one message a line on standard input, prints one JSON object a line.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before Rasa loads TensorFlow, which talks a lot
    from bot.logs import drop_warnings

    drop_warnings()
    from bot.nlu.understand import main
    from bot.paths import ROOT
    from bot.settings import Settings
    from bot.supervisor.preflight import check_danger

    words = Settings.from_env().released.folder()
    check_danger(words)
    os.chdir(ROOT)  # the models and the training data are named from there
    return main(lang, words)
