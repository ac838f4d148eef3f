"""Where an editor may go within these pages: endpoint and title, in their order."""

from flask_babel import lazy_gettext as _

SECTIONS = (
    ("texts.texts", _("Texts")),
    ("facts.facts", _("Numbers and dates")),
    ("proposals.proposals", _("Waiting for a second editor")),
    ("changes.changes", _("Changes")),
    ("gaps.gaps", _("Questions without an answer")),
    ("report.report", _("Report")),
)
