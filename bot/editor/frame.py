"""What every page of the editors shows: where one may go, and what of the files on disk could not go live."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import get_locale

from bot.content.messages import load_messages
from bot.editor.reminders import again, reminders, waiting
from bot.editor.sections import SECTIONS
from bot.editor.shelf import NAME, Shelves
from referral.console.guard import View, permitted
from referral.permissions import May

pages = Blueprint("editor", __name__, template_folder="templates", static_folder="static", url_prefix="/content")
pages.record(lambda state: state.app.extensions.setdefault(NAME, Shelves()))
pages.add_app_template_filter(lambda finding: said(finding), "said")


def editors_only(view: View) -> View:
    """Let only those see a page who may change texts."""
    return permitted(May.EDIT_CONTENT)(view)


def page(template: str, **values: Any) -> str:
    """Return a page of `templates/editor`."""
    sections = [(endpoint, url_for(endpoint), str(title), waiting(endpoint)) for endpoint, title in SECTIONS]
    return render_template(f"editor/{template}", sections=sections, reminders=reminders(), again=again(), **values)


def said(finding: Any) -> tuple[str, str]:
    """Return what a finding says is wrong, and how to mend it, in the language of the pages."""
    return load_messages(str(get_locale())).of(finding)
