"""Whether people read a change already."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.content.changing import Change, Place, is_same, value_of
from bot.content.finding import Finding
from bot.content.live.files import version_of
from bot.content.live.state import State, read_state
from bot.released import Released

KEEPER_SECONDS = 30  # after so long without a look, the keeper of content does not run


@unique
class Reach(StrEnum):
    """How far a change has come."""

    LIVE = "live"
    WAITING = "waiting"
    REFUSED = "refused"
    REPLACED = "replaced"
    STALLED = "stalled"


@dataclass(frozen=True)
class Standing:
    """How far a change has come; since when, where that is known; and what keeps it from going on."""

    reach: Reach
    since: dt.datetime | None = None
    findings: tuple[Finding, ...] = ()


def standing_of(place: Place, change: Change) -> Standing:
    """Look at the release that people read."""
    state = read_state(place.data_dir)
    released = Released(place.data_dir, place.locales).folder()
    if released != place.locales and _has(Place(released, place.data_dir), change):
        is_new = state.since is not None and state.since >= change.at
        return Standing(Reach.LIVE, state.since if is_new else None)
    if not _has(place, change):
        return Standing(Reach.REPLACED)
    if state.refused is not None and state.refused.version == version_of(place.locales):
        return Standing(Reach.REFUSED, findings=state.refused.findings)
    return Standing(Reach.WAITING if _is_kept(state) else Reach.STALLED)


def _has(place: Place, change: Change) -> bool:
    return all(
        is_same(value_of(place.locales, edit.file, edit.path), edit.after) for edit in change.edits if edit.is_change
    )


def _is_kept(state: State) -> bool:
    """Tell whether the keeper of content has looked a moment ago."""
    if state.looked is None:
        return False
    return (dt.datetime.now(tz=dt.UTC) - state.looked).total_seconds() < KEEPER_SECONDS
