"""Changes that wait for a second person."""

import datetime as dt
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from pathlib import Path
from typing import Any

from bot.content.changing.change import make_change
from bot.content.changing.edit import Author, Edit, Place
from bot.content.changing.errors import Decided, NoReason
from bot.content.changing.record import Change, to_text
from bot.content.changing.subject import subjects_of
from bot.content.changing.trial import checked
from bot.content.changing.writing import locked
from bot.wholefile import write_whole

PROPOSALS = "proposals"
DIGITS = 12
_ID = re.compile(f"[0-9a-f]{{{DIGITS}}}")  # what stands in an address becomes the name of a file


@unique
class Standing(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Proposal:
    """One proposal. `change` is the number of the change that it became; `answer` the reason of who decided."""

    id: str
    at: dt.datetime
    author: Author
    reason: str
    edits: tuple[Edit, ...]
    standing: Standing = Standing.OPEN
    decided_by: str | None = None
    decided_at: dt.datetime | None = None
    answer: str = ""
    change: int | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return what it would change, each once."""
        return subjects_of(self.edits)

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as plain data."""
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "author": self.author.to_json(),
            "reason": self.reason,
            "edits": [edit.to_json() for edit in self.edits],
            "standing": self.standing.value,
            "decided_by": self.decided_by,
            "decided_at": self.decided_at and self.decided_at.isoformat(),
            "answer": self.answer,
            "change": self.change,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Proposal":
        """Return the proposal of plain data."""
        return cls(
            id=raw["id"],
            at=dt.datetime.fromisoformat(raw["at"]),
            author=Author.from_json(raw["author"]),
            reason=raw["reason"],
            edits=tuple(map(Edit.from_json, raw["edits"])),
            standing=Standing(raw["standing"]),
            decided_by=raw["decided_by"],
            decided_at=dt.datetime.fromisoformat(raw["decided_at"]) if raw["decided_at"] else None,
            answer=raw["answer"],
            change=raw["change"],
        )


def propose(place: Place, edits: Sequence[Edit], author: Author, reason: str) -> Proposal:
    """Keep a change for a second person; it is tried first, so that nobody is asked to approve what cannot go in.

    Raise what `make_change` raises.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NoReason
    checked(place.locales, edits)
    proposal = Proposal(secrets.token_hex(DIGITS // 2), _now(), author, reason, tuple(edits))
    _write(place, proposal)
    return proposal


def approve(place: Place, id: str, approver: Author) -> Change:
    """Make the change of a proposal; raise `Conflict` or `Refused` when it no longer fits, and the proposal stays."""
    proposal = _open(place, id)
    change = make_change(place, proposal.edits, proposal.author, proposal.reason, approved_by=approver.login)
    _decided(place, proposal, Standing.APPROVED, approver, "", change.number)
    return change


def decline(place: Place, id: str, person: Author, answer: str) -> Proposal:
    """Decline a proposal, with the reason for its author; the author takes it back instead."""
    proposal = _open(place, id)
    answer = " ".join(answer.split())
    if person.login == proposal.author.login:
        return _decided(place, proposal, Standing.TAKEN_BACK, person, answer, None)
    if not answer:
        raise NoReason
    return _decided(place, proposal, Standing.DECLINED, person, answer, None)


def read_proposals(place: Place) -> list[Proposal]:
    """Return every proposal, the last first."""
    paths = (place.content / PROPOSALS).glob("[0-9a-f]*.json")
    return sorted(map(_read, paths), key=lambda proposal: (proposal.at, proposal.id), reverse=True)


def read_proposal(place: Place, id: str) -> Proposal | None:
    """Return one proposal, None when there is none of that id."""
    path = place.content / PROPOSALS / f"{id}.json"
    return _read(path) if _ID.fullmatch(id) and path.exists() else None


def _open(place: Place, id: str) -> Proposal:
    proposal = read_proposal(place, id)
    if proposal is None:
        raise Decided(None)
    if proposal.standing is not Standing.OPEN:
        raise Decided(proposal.decided_by)
    return proposal


def _decided(
    place: Place, proposal: Proposal, standing: Standing, by: Author, answer: str, change: int | None
) -> Proposal:
    decided = replace(proposal, standing=standing, decided_by=by.login, decided_at=_now(), answer=answer, change=change)
    _write(place, decided)
    return decided


def _write(place: Place, proposal: Proposal) -> None:
    folder = place.content / PROPOSALS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(place):
        write_whole(folder / f"{proposal.id}.json", to_text(proposal.to_json()))


def _read(path: Path) -> Proposal:
    return Proposal.from_json(json.loads(path.read_text(encoding="utf-8")))


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
