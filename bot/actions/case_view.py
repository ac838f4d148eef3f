"""How the state of a request is told to the person: honestly, with each access by role and time."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.actions.turn import Turn
from bot.i18n import Button
from referral import Access, CaseStatusView, ReferralStatus

BAKU = ZoneInfo("Asia/Baku")
OPEN = frozenset({ReferralStatus.NEW, ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS})


def tell(turn: Turn, view: CaseStatusView) -> None:
    """Say what has happened to one request; replies that wait under the code go to the gateway as ciphertext."""
    history = "\n".join(f"• {_line(turn, access)}" for access in view.accesses)
    day = format_date(view.created_day, format="long", locale=turn.language)
    replies = [{"id": str(reply.id), "sealed": reply.sealed.text()} for reply in view.pull_replies]
    turn.say(
        "status_case",
        values={"state": turn.label(f"state_{view.status.value}"), "day": day},
        html={"history": history},
        rows=_rows(turn, view),
        directives={"case": view.case_id.hex, "replies": replies},
    )


def _line(turn: Turn, access: Access) -> str:
    return turn.label(
        "access_line",
        when=format_datetime(access.at.astimezone(BAKU), format="medium", locale=turn.language),
        who=turn.label(f"role_{access.role.value}"),
        did=turn.label(f"did_{access.act}"),
    )


def _rows(turn: Turn, view: CaseStatusView) -> Sequence[Sequence[Button]]:
    case = view.case_id.hex
    rows = []
    if view.status in OPEN:
        rows.append([turn.button(f"write_case:{case}", "btn_write")])
        rows.append([turn.button(f"withdraw_ask:{case}", "btn_withdraw")])
    rows.append([turn.button(f"erase_ask:{case}", "btn_erase")])
    return rows


def minute_now() -> dt.datetime:
    """Return the present minute in UTC."""
    return dt.datetime.now(tz=dt.UTC).replace(second=0, microsecond=0)
