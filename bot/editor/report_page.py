"""What there is in each language, who has read it, how old it is, what is due: docs/content.md as it is now."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from bot.content.report.badge import share
from bot.content.report.figures import gather
from bot.content.report.states import Reading
from bot.editor.facts_words import CONFIDENCE
from bot.editor.frame import editors_only, page
from bot.editor.shelf import shelf
from bot.editor.words import STATE
from bot.editor.workplace import place
from bot.facts import Confidence
from bot.i18n import SOURCE_LANGUAGE

pages = Blueprint("report", __name__, url_prefix="/editor/report")
pages.add_app_template_filter(share, "share_of")


@pages.get("", endpoint="report")
@editors_only
def report() -> ResponseReturnValue:
    """Show the figures."""
    content = shelf().content
    figures = gather(place().locales, content.today)
    here = str(get_locale())
    return page(
        "report.html",
        figures=figures,
        topics={of.topic: content.locales.label(f"topic:{of.topic}", here) for of in figures.topics},
        readings={reading: STATE[reading.value] for reading in Reading},
        confidence={one: CONFIDENCE[one.value] for one in Confidence},
        source=SOURCE_LANGUAGE,
    )
