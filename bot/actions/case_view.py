"""How the state of a request is told to the person: honestly, with each access by role, organisation and time."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from babel.dates import format_date, format_datetime

from bot.actions.recipients import organisation_names, recipient_name, short_title
from bot.actions.turn import Turn
from bot.i18n import Button, Html
from referral import Access, CaseStatusView, ReferralStatus, Sharing, SharingStatus
from referral.safe_contact import BAKU

OPEN = frozenset({ReferralStatus.NEW, ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS})
LIVE = frozenset({SharingStatus.IN_PROGRESS, SharingStatus.ACCEPTED})


def tell(turn: Turn, view: CaseStatusView, *, offer_link: bool = False) -> None:
    """Say what has happened to one request; replies that wait under the code go to the gateway as ciphertext.

    `offer_link` offers to write to this chat from now on.
    """
    names = organisation_names()
    lines = [*_accesses(turn, view, names), *_sharings(turn, view, names), *_ends(turn, view)]
    turn.say(
        "status_case",
        values={"state": turn.label(f"state_{view.status.value}"), "day": told_day(turn, view.created_day)},
        html={"history": "\n".join(lines)},
        rows=_rows(turn, view, names, offer_link=offer_link),
        directives={
            "case": view.case_id.hex,
            "address": view.address,
            "replies": [{"id": str(reply.id), "sealed": reply.sealed.text()} for reply in view.pull_replies],
            "questions": [question.hex for question in view.questions],
        },
    )
    if view.status in OPEN and view.respond_by is not None and view.respond_by < dt.datetime.now(tz=dt.UTC):
        turn.say("status_overdue")


def told_day(turn: Turn, day: dt.date) -> str:
    """Return a day as the person reads it."""
    return format_date(day, format="long", locale=turn.language)


def sharing_lines(turn: Turn, sharings: Sequence[Sharing], names: dict[UUID, str]) -> list[str]:
    """Return with whom a request is or was shared, each in one line."""
    lines = []
    for sharing in sharings:
        name = recipient_name(turn, sharing.recipient, names)
        line = turn.label(f"shared_{sharing.status.value}", recipient=name, day=told_day(turn, sharing.day))
        if sharing.basis is not None:
            basis = turn.label(f"basis_{sharing.basis.value}")
            line = f"{line}. {turn.label('shared_without_consent', basis=basis)}"
        lines.append(line)
    return lines


def kept_line(turn: Turn, purge_day: dt.date | None) -> str:
    """Return until when a request is kept."""
    if purge_day is None:
        return turn.label("kept_open", retention_days=turn.metadata.get("retention_days", ""))
    return turn.label("kept_until", day=told_day(turn, purge_day))


def _accesses(turn: Turn, view: CaseStatusView, names: dict[UUID, str]) -> list[str]:
    return [f"• {_access(turn, access, names)}" for access in view.accesses]


def _access(turn: Turn, access: Access, names: dict[UUID, str]) -> str:
    name = None if access.organisation_id is None else names.get(access.organisation_id)
    return turn.label(
        "access_line" if name is None else "access_line_at",
        when=format_datetime(access.at.astimezone(BAKU), format="medium", locale=turn.language),
        who=turn.label(f"role_{access.role.value}"),
        organisation=name,
        did=turn.label(f"did_{access.act}"),
    )


def _sharings(turn: Turn, view: CaseStatusView, names: dict[UUID, str]) -> list[str]:
    lines = [f"• {line}" for line in sharing_lines(turn, view.sharings, names)]
    return [turn.label("shared_with"), *lines] if lines else []


def _ends(turn: Turn, view: CaseStatusView) -> list[str]:
    lines = []
    if view.consent_until is not None:
        lines.append(turn.label("consent_until", day=told_day(turn, view.consent_until)))
    lines.append(kept_line(turn, view.purge_day))
    if view.held_until is not None:
        lines.append(turn.label("kept_held", day=told_day(turn, view.held_until)))
    return lines


def _rows(turn: Turn, view: CaseStatusView, names: dict[UUID, str], *, offer_link: bool) -> list[list[Button]]:
    case, rows = view.case_id.hex, []
    if view.status in OPEN:
        rows.append([turn.button(f"write_case:{case}", "btn_write")])
        if offer_link:
            rows.append([turn.button(f"link_chat:{case}", "btn_link")])
        rows += [_unshare(turn, sharing, names) for sharing in view.sharings if sharing.status in LIVE]
    rows.append([turn.button(f"held:{case}", "btn_held")])
    if view.status in OPEN:
        rows.append([turn.button(f"withdraw_ask:{case}", "btn_withdraw")])
    rows.append([turn.button(f"erase_ask:{case}", "btn_erase")])
    return rows


def _unshare(turn: Turn, sharing: Sharing, names: dict[UUID, str]) -> list[Button]:
    name = recipient_name(turn, sharing.recipient, names)
    title = turn.label("stop_sharing", recipient=Html(name))  # a button's title is no HTML
    return [Button(short_title(title), f"unshare_ask:{sharing.id.hex}")]
