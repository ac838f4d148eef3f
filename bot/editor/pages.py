"""Every page of the editors, and where it begins."""

from flask_babel import lazy_gettext as _

from bot.editor import frame, text_page, texts_page
from referral.permissions import May

PAGES = (frame.pages, texts_page.pages, text_page.pages)
PLACES = (("texts.texts", May.EDIT_CONTENT, _("Texts")),)
