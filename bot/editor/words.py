"""Words for values on the editors' pages, each translated where it is shown."""

from flask_babel import lazy_gettext as _

KIND = {
    "answer": _("Answers"),
    "text": _("Other messages"),
    "label": _("Buttons and words"),
    "source": _("Names of sources"),
}
GROUP = {
    "danger": _("In danger"),
    "consent": _("Consent"),
    "form": _("The form of a request"),
    "request": _("After a request"),
    "first": _("First meeting, help, privacy"),
    "around": _("Around answers"),
    "colleagues": _("For colleagues on call"),
    "other": _("Other"),
    "buttons": _("Buttons"),
    "words": _("Short words"),
    "sources": _("Names of sources"),
}
STATE = {
    "missing": _("not translated"),
    "stale": _("English has changed since"),
    "draft": _("machine draft"),
    "native": _("read by a native speaker"),
    "lawyer": _("read by a lawyer too"),
}
SIGN = {"missing": "–", "stale": "≠", "draft": "", "native": "✓", "lawyer": "✓✓"}
OTHER_PARTS = {"reviews": _("Reviews"), "checked": _("Checked on"), "version": _("Version of the wording")}
# Kind of text → part of it → what it is.
PARTS = {
    "answer": {"label": _("Button that leads to it"), "text": _("Answer")},
    "text": {"text": _("Message")},
    "label": {"label": _("Button or word")},
    "source": {"label": _("Name")},
}
