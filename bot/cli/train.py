"""`korpu train`."""

from typing import Annotated

import typer


def train(
    force: Annotated[bool, typer.Option("--force", help="Train even if the model is up to date.")] = False,
) -> int:
    """Train the model if its inputs have changed."""
    from bot.cli.run import say
    from bot.settings import Settings
    from bot.training import train as train_model

    settings = Settings.from_env()
    log_file = settings.data_dir / "logs" / "train.log"
    model = train_model(log_file=log_file, say=say, words=settings.released.folder(), force=force)
    say(f"The model is up to date: {model}")
    return 0
