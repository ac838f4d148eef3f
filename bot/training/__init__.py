"""Training the model: only when something that it is made from has changed."""

from bot.training.checks import TrainingError, check_project
from bot.training.inputs import fingerprint
from bot.training.trainer import train

__all__ = ["TrainingError", "check_project", "fingerprint", "train"]
