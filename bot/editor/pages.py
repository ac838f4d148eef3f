"""Every page of the editors, and where it begins."""

from flask_babel import lazy_gettext as _

from bot.editor import changes_page, frame, proposals_page, text_page, texts_page
from referral.permissions import May

PAGES = (frame.pages, texts_page.pages, text_page.pages, changes_page.pages, proposals_page.pages)
PLACES = (("texts.texts", May.EDIT_CONTENT, _("Texts")),)
