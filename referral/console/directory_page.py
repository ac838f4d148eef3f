"""The directory of service providers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from referral.console.context import console
from referral.console.guard import signed_in_only
from referral.directory import TOPICS

pages = Blueprint("directory", __name__)


@pages.get("/directory")
@signed_in_only
def directory() -> ResponseReturnValue:
    """Show who can help, by topic and language."""
    found = console().directory
    languages = sorted({code for one in found.providers.values() for code in one.languages})
    topic, language = _one_of(request.args.get("topic"), TOPICS), _one_of(request.args.get("language"), languages)
    return render_template(
        "directory.html",
        providers=found.fitting(topic=topic, language=language),
        topics=TOPICS,
        codes=languages,
        topic=topic,
        language=language,
    )


def _one_of(value: str | None, allowed: tuple[str, ...] | list[str]) -> str | None:
    return value if value in allowed else None
