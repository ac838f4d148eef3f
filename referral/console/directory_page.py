"""The directory of service providers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.guard import signed_in_only
from referral.directory import TOPICS, Provider

NO_DATE = "n.d."  # as facts.yml writes it

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


@pages.app_template_filter("unknown")
def unknown(provider: Provider) -> list[str]:
    """Return what nobody has confirmed of a provider."""
    here = str(get_locale())
    known = {
        _("what they take"): provider.text("takes", here),
        _("phone number"): provider.phones,
        _("opening hours"): provider.text("hours", here),
        _("languages"): provider.languages,
    }
    return [str(name) for name, value in known.items() if not value]


@pages.app_template_filter("dated")
def dated(date: str) -> str:
    """Return the date of a source, or that it has none."""
    return str(_("no date")) if date == NO_DATE else date
