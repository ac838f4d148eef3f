"""Which rows: the conditions of the table of rights.

What a transaction is about, `referral.db.scope` says: for which organisation, under which login, with which proofs.
"""

NONE = "false"
EVERY = "true"

# What is a person's is reached with a proof: the tag of their code or of their chat, 32 bytes that nobody guesses.
PROVEN = "{table}.case_id IN (SELECT public.korpu_proven_cases())"
BY_NO_STAFF = f"{PROVEN} AND {{table}}.staff_id IS NULL"
NEW_CASE = (
    "{table}.code_tag = ANY (public.korpu_proofs()) AND {table}.organisation_id = public.korpu_organisation() "
    "AND {table}.status = 'NEW' AND {table}.owner_id IS NULL"
)
TAKEN_BACK = f"{PROVEN} AND {{table}}.status = 'REVOKED'"
KEY_FOR_THE_ORGANISATION = (
    f"{PROVEN} AND {{table}}.organisation_id = public.korpu_organisation() "
    "AND {table}.holder_id = {table}.organisation_id"
)
DEADLINE_OF_THE_ORGANISATION = f"{PROVEN} AND {{table}}.organisation_id = public.korpu_organisation()"
PROVEN_OR_NAMED_MESSAGE = f"{PROVEN} OR {{table}}.message_hash = ANY (public.korpu_proofs())"
MESSAGE_TO_AN_OPEN_CASE = (
    "{table}.direction = 'FROM_PERSON' AND {table}.staff_id IS NULL AND public.korpu_case_is_open({table}.case_id)"
)
NAMED_GRAVE = "{table}.case_hash = ANY (public.korpu_proofs())"
NOTICE_TO_A_PARTY = "public.korpu_is_party({table}.case_id, {table}.organisation_id)"

# What is an organisation's is reached by its number. It sees its own cases and those that are shared with it.
NAMED_ORGANISATION = "{table}.id = public.korpu_organisation()"
OWN = "{table}.organisation_id = public.korpu_organisation()"
OWN_OR_NAMED_LOGIN = f"{OWN} OR {{table}}.login = public.korpu_login()"
SEEN = "{table}.case_id IN (SELECT public.korpu_seen_cases())"
OF_OWN_CASE = (
    "EXISTS (SELECT FROM public.case_record c "
    "WHERE c.case_id = {table}.case_id AND c.organisation_id = public.korpu_organisation())"
)
OWN_COPY_OR_OWN_CASE = f"{OWN} OR {OF_OWN_CASE}"
ORGANISATION_KEPT_OR_TRANSFERRED_HERE = (
    "{table}.organisation_id = public.korpu_organisation_of({table}.case_id) "
    f"OR ({OWN} AND EXISTS (SELECT FROM public.case_referral r WHERE r.case_id = {{table}}.case_id "
    "AND r.to_organisation_id = public.korpu_organisation() AND r.kind = 'TRANSFER' "
    "AND r.status IN ('IN_PROGRESS', 'ACCEPTED')))"
)
PARTY_TO_IT = (
    "{table}.from_organisation_id = public.korpu_organisation() "
    "OR {table}.to_organisation_id = public.korpu_organisation()"
)
SEEN_OR_PARTY_TO_IT = f"{SEEN} OR {PARTY_TO_IT}"
FROM_OWN_CASE = f"{OF_OWN_CASE} AND {{table}}.from_organisation_id = public.korpu_organisation()"
ON_THE_CASES_ROUTE = (
    f"{SEEN} AND EXISTS (SELECT FROM public.route r WHERE r.id = {{table}}.route_id AND r.case_id = {{table}}.case_id)"
)
NOTICE_AMONG_PARTIES = f"{NOTICE_TO_A_PARTY} AND public.korpu_is_party({{table}}.case_id, public.korpu_organisation())"

# A way to a chat is there for the gateway while something is on it, or when it knows the chat's tag.
IN_USE_OR_NAMED = (
    "{table}.route_tag = ANY (public.korpu_proofs()) OR EXISTS "
    "(SELECT FROM public.outbox o WHERE o.route_id = {table}.id AND o.state IN ('WAITING', 'NOTIFIED'))"
)
PAIRED = "{table}.id IN (SELECT public.korpu_paired_staff())"
ROUTE_OF_PAIRED = "{table}.staff_id IN (SELECT public.korpu_paired_staff())"
ROUTE_OF_PAIRED_OR_NAMED = f"{ROUTE_OF_PAIRED} OR {{table}}.route_tag = ANY (public.korpu_proofs())"
ALERT_OF_PAIRED_OR_NAMED = (
    "EXISTS (SELECT FROM public.staff_route r WHERE r.id = {table}.staff_route_id "
    "AND (r.staff_id IN (SELECT public.korpu_paired_staff()) OR r.route_tag = ANY (public.korpu_proofs())))"
)
OWN_OR_WITH_ALERT = (
    f"{OWN} OR EXISTS (SELECT FROM public.staff_alert a WHERE a.staff_route_id = {{table}}.id AND a.state = 'WAITING')"
)

# Who sends a report has not handled it.
NOT_HANDLED = "{table}.handled_day IS NULL AND {table}.handled_by IS NULL"

# The janitor forgets who it was, and can put nobody in their place.
BY_NOBODY_KNOWN = "{table}.who IS NULL"

# The audit log: everybody writes in their own name only.
_ACTOR = "public.korpu_uuid({table}.body::jsonb ->> 'actor')"
_OBJECT = "public.korpu_uuid({table}.object_id)"
_SAME_OBJECT = "{table}.object_id IS NOT DISTINCT FROM {table}.body::jsonb ->> 'object'"
ABOUT_A_PROVEN_CASE = f"{_OBJECT} IN (SELECT public.korpu_proven_cases())"
ABOUT_WHAT_IT_SEES = (
    f"{_OBJECT} IN (SELECT public.korpu_seen_cases()) OR {_OBJECT} = public.korpu_organisation() "
    f"OR EXISTS (SELECT FROM public.staff s WHERE s.id = {_OBJECT})"
)
BY_OWN_STAFF = f"EXISTS (SELECT FROM public.staff s WHERE s.id = {_ACTOR}) AND {_SAME_OBJECT}"
BY_PAIRED_STAFF = f"{_ACTOR} IN (SELECT public.korpu_paired_staff()) AND {_SAME_OBJECT}"


def by(actor: str) -> str:
    """Return the condition that an entry is in the name of somebody who is no member of staff."""
    named = f'{{{{"actor": "{actor}", "role": "{actor}"}}}}'
    return f"{{table}}.body::jsonb @> '{named}' AND {_SAME_OBJECT}"
