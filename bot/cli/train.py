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

    data_dir = Settings.from_env().data_dir
    model = train_model(log_file=data_dir / "logs" / "train.log", say=say, force=force)
    say(f"The model is up to date: {model}")
    return 0
