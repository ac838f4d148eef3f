"""What each role may do with each table, written down a second time: the tests compare it with what PostgreSQL does.

A cell names commands: `see`, `put`, `change` (with columns) and `remove`. Behind a colon is how far it reaches; without
one it reaches the own rows only, and `all` means those of both organisations.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from referral.access.roles import Role
from referral.enums import Direction, ReferralStatus, SharingStatus
from tests.referral.rows import Rows

BOT, RELAY, CONSOLE, JANITOR = Role
EVERY_COLUMN = ("*",)


@dataclass(frozen=True)
class Cell:
    """One table and one role. `wide` commands reach the rows of both organisations.

    `as_put` and `as_changed` are what a row must hold to be taken at all: values, or how they come from what there is.
    """

    see: tuple[str, ...] = ()
    put: bool = False
    change: tuple[str, ...] = ()
    remove: bool = False
    wide: frozenset[str] = frozenset()
    as_put: Mapping[str, Any] = field(default_factory=dict)
    as_changed: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Cell()
EVERYBODYS = JANITORS = frozenset({"see", "put", "change", "remove"})


def erases(*see: str, put: bool = False, **more: Any) -> Cell:
    """Return the bot's cell of a part of a case: it can be removed with a proof."""
    return Cell(see=("case_id", *see), put=put, remove=True, **more)


def sweeps(*see: str, **more: Any) -> Cell:
    """Return the janitor's cell: ids, days and states of everybody, and removing."""
    return Cell(see=see, remove=True, wide=JANITORS, **more)


def _organisation(made: Rows, number: int) -> UUID:
    found: UUID = made["organisation"][number]["id"]
    return found


def _in_the_name_of(actor: str) -> Callable[[Rows, int], str]:
    def body(made: Rows, number: int) -> str:
        return json.dumps({"actor": actor, "role": actor, "object": made["audit_event"][number]["object_id"]})

    return body


EXPECTED: Mapping[str, Mapping[Role, Cell]] = {
    "organisation": {
        BOT: Cell(see=EVERY_COLUMN),
        CONSOLE: Cell(see=EVERY_COLUMN, change=("hours_danger", "hours_concern", "hours_normal")),
    },
    "organisation_key": {
        BOT: Cell(see=EVERY_COLUMN),
        JANITOR: Cell(see=("organisation_id", "epoch", "retired_day"), wide=JANITORS),
    },
    "organisation_key_grant": {CONSOLE: Cell(see=EVERY_COLUMN), JANITOR: sweeps("organisation_id", "epoch")},
    "escrow_share": {},
    "staff": {
        BOT: Cell(
            see=("id", "organisation_id", "role", "active", "pairing_tag", "pairing_until"),
            change=("pairing_tag", "pairing_until"),
        ),
        CONSOLE: Cell(see=EVERY_COLUMN, change=("failed_tries", "locked_until")),
        JANITOR: Cell(see=("id", "active"), wide=JANITORS),
    },
    "staff_route": {
        BOT: Cell(see=("id", "organisation_id", "staff_id", "route_tag"), put=True, remove=True),
        RELAY: Cell(see=("id", "organisation_id", "route_box")),
        CONSOLE: Cell(see=("organisation_id", "staff_id", "created_day")),
        JANITOR: Cell(see=("id", "organisation_id"), wide=JANITORS),
    },
    "staff_alert": {
        BOT: Cell(see=("id", "staff_route_id"), put=True, remove=True),
        RELAY: Cell(
            see=EVERY_COLUMN, put=True, change=("state", "attempts", "next_try"), wide=frozenset({"see", "change"})
        ),
        JANITOR: sweeps("id", "expires_at", put=True),
    },
    "staff_notice": {
        BOT: erases(put=True, wide=frozenset({"put"})),  # it says nothing, and goes to who has the case
        CONSOLE: Cell(put=True),
        JANITOR: sweeps("id", "case_id", "at", put=True),
    },
    "case_record": {
        BOT: Cell(
            see=EVERY_COLUMN,
            put=True,
            change=("status", "last_activity_day", "purge_day"),
            remove=True,
            as_put={"status": ReferralStatus.NEW, "owner_id": None},
            as_changed={"status": ReferralStatus.REVOKED},
        ),
        CONSOLE: Cell(
            see=EVERY_COLUMN,
            change=("organisation_id", "epoch", "status", "owner_id", "last_activity_day", "purge_day"),
        ),
        JANITOR: sweeps("case_id", "status", "last_activity_day", "purge_day", change=("purge_day",)),
    },
    "case_key": {
        BOT: erases("organisation_id", put=True, as_put={"holder_id": _organisation}),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True, change=("organisation_id", "epoch", "sealed_key"), remove=True),
        JANITOR: sweeps("case_id", "holder_id", "organisation_id", "epoch"),
    },
    "case_field": {
        BOT: erases("field", "staff_id", put=True, as_put={"staff_id": None}),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: sweeps("case_id"),
    },
    "case_message": {
        # Who holds a case's number may write to it while it is open, and read nothing.
        BOT: erases(
            "id",
            "direction",
            "message_hash",
            put=True,
            wide=frozenset({"put"}),
            as_put={"direction": Direction.FROM_PERSON, "staff_id": None},
        ),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: sweeps("case_id"),
    },
    "case_deadline": {
        BOT: Cell(see=EVERY_COLUMN, put=True, remove=True),
        CONSOLE: Cell(see=EVERY_COLUMN, remove=True),
        JANITOR: Cell(see=EVERY_COLUMN, change=("reminded_at", "escalated_at"), remove=True, wide=JANITORS),
    },
    "case_hold": {
        BOT: erases("until_day", "lifted_day"),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True, change=("lifted_day",)),
        JANITOR: sweeps("case_id", "until_day", "lifted_day"),
    },
    "tombstone": {
        BOT: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: Cell(see=EVERY_COLUMN, put=True, wide=JANITORS),
    },
    "consent_record": {
        BOT: erases(
            "recipient",
            "expires_day",
            "withdrawn_day",
            put=True,
            change=("withdrawn_day",),
            as_put={"staff_id": None},
        ),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: sweeps("id", "case_id", "expires_day", "withdrawn_day"),
    },
    "consent_request": {
        BOT: erases("id", "recipient", "purpose", "expires_day", "answer", change=("answer", "answered_day")),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: sweeps("case_id"),
    },
    "legal_override": {
        BOT: erases("id", "basis"),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: sweeps("case_id"),
    },
    "case_referral": {
        BOT: erases(
            "id",
            "kind",
            "to_organisation_id",
            "provider",
            "status",
            "override_id",
            "created_day",
            change=("status", "decided_day"),
            as_changed={"status": SharingStatus.REVOKED},
        ),
        CONSOLE: Cell(
            see=EVERY_COLUMN,
            put=True,
            change=("status", "decided_by", "decided_day", "answer_sealed", "answer_signature"),
        ),
        JANITOR: sweeps(
            "id",
            "case_id",
            "to_organisation_id",
            "status",
            "consent_id",
            change=("status", "decided_day"),
            as_changed={"status": SharingStatus.REVOKED},
        ),
    },
    "route": {
        BOT: erases("id", "route_tag", "route_box", put=True, change=("expires_day",)),
        RELAY: Cell(see=("id", "route_tag", "route_box"), remove=True),
        CONSOLE: Cell(see=("id", "case_id", "expires_day"), change=("expires_day",)),
        JANITOR: sweeps("id", "case_id", "expires_day"),
    },
    "outbox": {
        BOT: erases(),
        RELAY: Cell(
            see=("id", "route_id", "kind", "sealed", "state", "attempts", "next_try", "expires_at"),
            change=("sealed", "state", "attempts", "next_try", "expires_at"),
            remove=True,
            wide=JANITORS,
        ),
        CONSOLE: Cell(see=("case_id", "message_id", "state"), put=True),
        JANITOR: sweeps(
            "id", "case_id", "route_id", "state", "expires_at", change=("sealed", "state"), as_changed={"sealed": None}
        ),
    },
    "pull_reply": {
        BOT: Cell(see=EVERY_COLUMN, change=("read_day",), remove=True),
        CONSOLE: Cell(see=("case_id", "message_id", "read_day"), put=True),
        JANITOR: sweeps("case_id"),
    },
    "audit_event": {
        BOT: Cell(see=EVERY_COLUMN, put=True, wide=frozenset({"put"}), as_put={"body": _in_the_name_of("person")}),
        CONSOLE: Cell(see=EVERY_COLUMN, put=True),
        JANITOR: Cell(put=True, wide=JANITORS, as_put={"body": _in_the_name_of("janitor")}),
    },
    # The answers are everybody's, and so is what is said of them: no row of it belongs to an organisation.
    "content_feedback": {
        RELAY: Cell(put=True, wide=EVERYBODYS),
        CONSOLE: Cell(see=EVERY_COLUMN, wide=EVERYBODYS),
        JANITOR: sweeps("id", "day", "who", change=("who",), as_changed={"who": None}),
    },
    "number_report": {
        RELAY: Cell(
            see=("fact", "who", "day", "handled_day"),
            put=True,
            wide=EVERYBODYS,
            as_put={"handled_day": None, "handled_by": None},
        ),
        CONSOLE: Cell(see=EVERY_COLUMN, change=("handled_day", "handled_by"), wide=EVERYBODYS),
        JANITOR: sweeps("id", "day", "who", "handled_day", change=("who",), as_changed={"who": None}),
    },
    "content_gap": {
        RELAY: Cell(put=True, wide=EVERYBODYS),
        CONSOLE: Cell(see=EVERY_COLUMN, remove=True, wide=EVERYBODYS),
        JANITOR: sweeps("id", "day"),
    },
}
