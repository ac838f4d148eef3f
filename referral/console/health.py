"""Whether the console serves."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

pages = Blueprint("health", __name__)


@pages.get("/health")
def health() -> ResponseReturnValue:
    """Tell the supervisor that the console serves."""
    return {"healthy": True}
