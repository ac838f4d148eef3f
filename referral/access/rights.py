"""The table of rights. What is not in it is not allowed; a table that is not in it fails the tests.

After a change: `python -m referral.access <revision>` writes the SQL of that revision (docs/interfaces.md, section 6).
"""

from collections.abc import Mapping
from types import MappingProxyType

from referral.access import rows
from referral.access.right import ALL, Right
from referral.access.roles import Role

Rights = Mapping[Role, Right]
OPERATORS_ONLY: Rights = MappingProxyType({})
TO_DELETE = Right(rows.EVERY, select=("case_id",), delete=True)  # the janitor's right to a part of a case
TO_ERASE = Right(rows.PROVEN, select=("case_id",), delete=True)  # the person's

ORGANISATIONS: Mapping[str, Rights] = {
    "organisation": {
        Role.BOT: Right(rows.NAMED_ORGANISATION, select=ALL),
        Role.CONSOLE: Right(
            rows.NAMED_ORGANISATION, select=ALL, update=("hours_danger", "hours_concern", "hours_normal")
        ),
    },
    "organisation_key": {
        Role.BOT: Right(rows.OWN, select=ALL),
        Role.JANITOR: Right(rows.EVERY, select=("organisation_id", "epoch", "retired_day")),
    },
    "organisation_key_grant": {
        Role.CONSOLE: Right(rows.OWN, select=ALL),
        Role.JANITOR: Right(rows.EVERY, select=("organisation_id", "epoch"), delete=True),
    },
    "escrow_share": OPERATORS_ONLY,
    "staff": {
        Role.JANITOR: Right(rows.EVERY, select=("id", "active")),
        Role.BOT: Right(
            rows.PAIRED,
            select=("id", "organisation_id", "role", "active", "pairing_tag", "pairing_until"),
            update=("pairing_tag", "pairing_until"),
        ),
        Role.CONSOLE: Right(rows.OWN_OR_NAMED_LOGIN, select=ALL, update=("failed_tries", "locked_until")),
    },
    "staff_route": {
        Role.BOT: Right(
            f"{rows.OWN} OR {rows.ROUTE_OF_PAIRED_OR_NAMED}",
            select=("id", "organisation_id", "staff_id", "route_tag"),
            insert=rows.ROUTE_OF_PAIRED,
            delete=True,
            deleted=rows.ROUTE_OF_PAIRED_OR_NAMED,
        ),
        Role.CONSOLE: Right(rows.OWN, select=("organisation_id", "staff_id", "created_day")),
        Role.RELAY: Right(rows.OWN_OR_WITH_ALERT, select=("id", "organisation_id", "route_box")),
        Role.JANITOR: Right(rows.EVERY, select=("id", "organisation_id")),
    },
    "staff_alert": {
        Role.BOT: Right(rows.ALERT_OF_PAIRED_OR_NAMED, select=("id", "staff_route_id"), insert=rows.OWN, delete=True),
        Role.RELAY: Right(rows.EVERY, select=ALL, insert=rows.OWN, update=("state", "attempts", "next_try")),
        Role.JANITOR: Right(rows.EVERY, select=("id", "expires_at"), insert=rows.EVERY, delete=True),
    },
    "staff_notice": {
        Role.BOT: Right(rows.PROVEN, select=("case_id",), insert=rows.NOTICE_TO_A_PARTY, delete=True),
        Role.CONSOLE: Right(rows.NONE, insert=rows.NOTICE_AMONG_PARTIES),
        Role.JANITOR: Right(rows.EVERY, select=("id", "case_id", "at"), insert=rows.NOTICE_TO_A_PARTY, delete=True),
    },
}

CASES: Mapping[str, Rights] = {
    "case_record": {
        Role.BOT: Right(
            rows.PROVEN,
            select=ALL,
            insert=rows.NEW_CASE,
            update=("status", "last_activity_day", "purge_day"),
            changed=rows.TAKEN_BACK,
            delete=True,
        ),
        Role.CONSOLE: Right(
            rows.SEEN,
            select=ALL,
            update=("organisation_id", "epoch", "status", "owner_id", "last_activity_day", "purge_day"),
            changed=rows.ORGANISATION_KEPT_OR_TRANSFERRED_HERE,
        ),
        Role.JANITOR: Right(
            rows.EVERY,
            select=("case_id", "status", "last_activity_day", "purge_day"),
            update=("purge_day",),  # who may change nothing of a row may not lock it either
            delete=True,
        ),
    },
    "case_key": {
        Role.BOT: Right(
            rows.PROVEN, select=("case_id", "organisation_id"), insert=rows.KEY_FOR_THE_ORGANISATION, delete=True
        ),
        Role.CONSOLE: Right(
            rows.OWN_COPY_OR_OWN_CASE,
            select=ALL,
            insert=rows.OF_OWN_CASE,
            update=("organisation_id", "epoch", "sealed_key"),
            changed=rows.OF_OWN_CASE,
            delete=True,
        ),
        Role.JANITOR: Right(rows.EVERY, select=("case_id", "holder_id", "organisation_id", "epoch"), delete=True),
    },
    "case_field": {
        Role.BOT: Right(rows.PROVEN, select=("case_id", "field", "staff_id"), insert=rows.BY_NO_STAFF, delete=True),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, insert=rows.SEEN),
        Role.JANITOR: TO_DELETE,
    },
    "case_message": {
        Role.BOT: Right(
            rows.PROVEN_OR_NAMED_MESSAGE,
            select=("id", "case_id", "direction", "message_hash"),
            insert=rows.MESSAGE_TO_AN_OPEN_CASE,
            delete=True,
        ),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, insert=rows.SEEN),
        Role.JANITOR: TO_DELETE,
    },
    "case_deadline": {
        Role.BOT: Right(rows.PROVEN, select=ALL, insert=rows.DEADLINE_OF_THE_ORGANISATION, delete=True),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, delete=True),
        Role.JANITOR: Right(rows.EVERY, select=ALL, update=("reminded_at", "escalated_at"), delete=True),
    },
    "case_hold": {
        Role.BOT: Right(rows.PROVEN, select=("case_id", "until_day", "lifted_day"), delete=True),
        Role.CONSOLE: Right(
            rows.SEEN, select=ALL, insert=rows.OF_OWN_CASE, update=("lifted_day",), changed=rows.OF_OWN_CASE
        ),
        Role.JANITOR: Right(rows.EVERY, select=("case_id", "until_day", "lifted_day"), delete=True),
    },
    "tombstone": {
        Role.BOT: Right(rows.NAMED_GRAVE, select=ALL, insert=rows.NAMED_GRAVE),
        Role.JANITOR: Right(rows.EVERY, select=ALL, insert=rows.EVERY),
    },
}

CONSENT_AND_SHARING: Mapping[str, Rights] = {
    "consent_record": {
        Role.BOT: Right(
            rows.PROVEN,
            select=("case_id", "recipient", "expires_day", "withdrawn_day"),
            insert=rows.BY_NO_STAFF,
            update=("withdrawn_day",),
            delete=True,
        ),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, insert=rows.OF_OWN_CASE),
        Role.JANITOR: Right(rows.EVERY, select=("id", "case_id", "expires_day", "withdrawn_day"), delete=True),
    },
    "consent_request": {
        Role.BOT: Right(
            rows.PROVEN,
            select=("id", "case_id", "recipient", "purpose", "expires_day", "answer"),
            update=("answer", "answered_day"),
            delete=True,
        ),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, insert=rows.OF_OWN_CASE),
        Role.JANITOR: TO_DELETE,
    },
    "legal_override": {
        Role.BOT: Right(rows.PROVEN, select=("id", "case_id", "basis"), delete=True),
        Role.CONSOLE: Right(rows.SEEN, select=ALL, insert=rows.OF_OWN_CASE),
        Role.JANITOR: TO_DELETE,
    },
    "case_referral": {
        Role.BOT: Right(
            rows.PROVEN,
            select=(
                "id",
                "case_id",
                "kind",
                "to_organisation_id",
                "provider",
                "status",
                "override_id",
                "created_day",
            ),
            update=("status", "decided_day"),
            changed=f"{rows.PROVEN} AND {{table}}.status = 'REVOKED'",
            delete=True,
        ),
        Role.CONSOLE: Right(
            rows.SEEN_OR_PARTY_TO_IT,
            select=ALL,
            insert=rows.FROM_OWN_CASE,
            update=("status", "decided_by", "decided_day", "answer_sealed", "answer_signature"),
            changed=rows.PARTY_TO_IT,
        ),
        Role.JANITOR: Right(
            rows.EVERY,
            select=("id", "case_id", "to_organisation_id", "status", "consent_id"),
            update=("status", "decided_day"),
            changed="{table}.status = 'REVOKED'",
            delete=True,
        ),
    },
}

REPLIES: Mapping[str, Rights] = {
    "route": {
        Role.BOT: Right(
            rows.PROVEN,
            select=("id", "case_id", "route_tag", "route_box"),
            insert=rows.PROVEN,
            update=("expires_day",),
            delete=True,
        ),
        Role.RELAY: Right(rows.IN_USE_OR_NAMED, select=("id", "route_tag", "route_box"), delete=True),
        Role.CONSOLE: Right(rows.SEEN, select=("id", "case_id", "expires_day"), update=("expires_day",)),
        Role.JANITOR: Right(rows.EVERY, select=("id", "case_id", "expires_day"), delete=True),
    },
    "outbox": {
        Role.BOT: TO_ERASE,
        Role.RELAY: Right(
            rows.EVERY,
            select=("id", "route_id", "kind", "sealed", "state", "attempts", "next_try", "expires_at"),
            update=("sealed", "state", "attempts", "next_try", "expires_at"),
            delete=True,
        ),
        Role.CONSOLE: Right(rows.SEEN, select=("case_id", "message_id", "state"), insert=rows.ON_THE_CASES_ROUTE),
        Role.JANITOR: Right(
            rows.EVERY,
            select=("id", "case_id", "route_id", "state", "expires_at"),
            update=("sealed", "state"),
            changed="{table}.sealed IS NULL",
            delete=True,
        ),
    },
    "pull_reply": {
        Role.BOT: Right(rows.PROVEN, select=ALL, update=("read_day",), delete=True),
        Role.CONSOLE: Right(rows.SEEN, select=("case_id", "message_id", "read_day"), insert=rows.SEEN),
        Role.JANITOR: TO_DELETE,
    },
}

LOG: Mapping[str, Rights] = {
    "audit_event": {
        Role.BOT: Right(
            rows.ABOUT_A_PROVEN_CASE, select=ALL, insert=f"{rows.by('person')} OR ({rows.BY_PAIRED_STAFF})"
        ),
        Role.CONSOLE: Right(rows.ABOUT_WHAT_IT_SEES, select=ALL, insert=rows.BY_OWN_STAFF),
        Role.JANITOR: Right(rows.NONE, insert=rows.by("janitor")),
    },
}

# What readers think of the answers belongs to no organisation: the answers are everybody's.
CONTENT: Mapping[str, Rights] = {
    "content_feedback": {
        Role.RELAY: Right(rows.NONE, insert=rows.EVERY),
        Role.CONSOLE: Right(rows.EVERY, select=ALL),
        Role.JANITOR: Right(
            rows.EVERY, select=("id", "day", "who"), update=("who",), changed=rows.BY_NOBODY_KNOWN, delete=True
        ),
    },
    "number_report": {
        Role.RELAY: Right(rows.EVERY, select=("fact", "who", "day", "handled_day"), insert=rows.NOT_HANDLED),
        Role.CONSOLE: Right(rows.EVERY, select=ALL, update=("handled_day", "handled_by")),
        Role.JANITOR: Right(
            rows.EVERY,
            select=("id", "day", "who", "handled_day"),
            update=("who",),
            changed=rows.BY_NOBODY_KNOWN,
            delete=True,
        ),
    },
    "content_gap": {
        Role.RELAY: Right(rows.NONE, insert=rows.EVERY),
        Role.CONSOLE: Right(rows.EVERY, select=ALL, delete=True),
        Role.JANITOR: Right(rows.EVERY, select=("id", "day"), delete=True),
    },
}

RIGHTS: Mapping[str, Rights] = MappingProxyType(
    {**ORGANISATIONS, **CASES, **CONSENT_AND_SHARING, **REPLIES, **LOG, **CONTENT}
)
