"""Every page of the editors, and where it begins."""

from flask_babel import lazy_gettext as _

from bot.editor import (
    changes_page,
    fact_call,
    fact_change,
    fact_page,
    facts_page,
    frame,
    gaps_page,
    proposals_page,
    report_page,
    text_page,
    texts_page,
)
from bot.editor.reminders import reminders
from referral.permissions import May

PAGES = (
    *(frame.pages, texts_page.pages, text_page.pages, changes_page.pages, proposals_page.pages),
    *(facts_page.pages, fact_page.pages, fact_call.pages, fact_change.pages),
    *(gaps_page.pages, report_page.pages),
)
PLACES = (("texts.texts", May.EDIT_CONTENT, _("Texts")),)
COUNTS = {"texts.texts": lambda: reminders().total}
