"""Why a change cannot be made, in the language of the page."""

from flask_babel import gettext as _

from bot.content.changing import (
    ChangeError,
    Conflict,
    Decided,
    NoReason,
    NothingChanged,
    NotWritten,
    OwnChange,
    Refused,
    SameMoment,
)


def why_not(error: ChangeError) -> str:
    """Return why nothing was changed, and what to do."""
    match error:
        case NoReason():
            return str(_("Say in a few words why. It stands beside the change for ever."))
        case NothingChanged():
            return str(_("Nothing is different from what is in the files."))
        case Conflict():
            return str(_("Somebody has changed this in the meantime. Nothing of theirs was overwritten; look at both."))
        case Refused():
            return str(
                _("The check found mistakes, so nothing was changed. They are told at the texts that they are in.")
            )
        case OwnChange():
            return str(_("You cannot approve your own change. Ask another editor."))
        case Decided() if error.by is not None:
            return str(_("%(who)s has already decided on this.", who=error.by))
        case SameMoment():
            return str(_("The files were changed by somebody at the same moment. Nothing was lost: save again."))
        case NotWritten():
            return str(
                _(
                    "The files cannot be written (%(why)s). Nothing was changed. Tell the person who runs Körpü.",
                    why=error.why,
                )
            )
        case _:
            return str(_("This cannot be written: %(why)s", why=str(error)))
