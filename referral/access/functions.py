"""The functions that the conditions need, and those that answer one question without giving a right to the table."""

from dataclasses import dataclass

from referral.access.roles import Role

EVERYBODY = tuple(Role)


@dataclass(frozen=True)
class Function:
    """One SQL function. As `definer` it sees every row, so it answers as little as possible."""

    name: str
    arguments: str
    returns: str
    body: str
    roles: tuple[Role, ...]
    definer: bool = True
    volatility: str = "STABLE"


OPEN = "('NEW', 'ACCEPTED', 'IN_PROGRESS')"
LIVE = "('IN_PROGRESS', 'ACCEPTED')"

SETTINGS = (
    Function(
        "korpu_organisation",
        "",
        "uuid",
        "SELECT nullif(current_setting('app.organisation', true), '')::uuid",
        EVERYBODY,
        definer=False,
    ),
    Function("korpu_login", "", "text", "SELECT current_setting('app.login', true)", EVERYBODY, definer=False),
    Function(
        "korpu_proofs",
        "",
        "bytea[]",
        "SELECT array(SELECT decode(tag, 'hex') "
        "FROM unnest(string_to_array(current_setting('app.proof', true), ',')) AS tag WHERE tag ~ '^[0-9a-f]{64}$')",
        EVERYBODY,
        definer=False,
    ),
    Function(
        "korpu_uuid",
        "written text",
        "uuid",
        "SELECT CASE WHEN written ~ '^[0-9a-f]{32}$' THEN written::uuid END",
        EVERYBODY,
        definer=False,
        volatility="IMMUTABLE",
    ),
)

# Answers for the conditions. A condition cannot ask other tables itself: their own conditions would ask back.
ANSWERS = (
    Function(
        "korpu_proven_cases",
        "",
        "SETOF uuid",
        "SELECT c.case_id FROM public.case_record c WHERE c.code_tag = ANY (public.korpu_proofs()) "
        "UNION SELECT r.case_id FROM public.route r WHERE r.route_tag = ANY (public.korpu_proofs())",
        (Role.BOT,),
    ),
    Function(
        "korpu_seen_cases",
        "",
        "SETOF uuid",
        "SELECT c.case_id FROM public.case_record c WHERE c.organisation_id = public.korpu_organisation() "
        "UNION SELECT r.case_id FROM public.case_referral r "
        f"WHERE r.to_organisation_id = public.korpu_organisation() AND r.status IN {LIVE}",
        (Role.CONSOLE,),
    ),
    Function(
        "korpu_case_is_open",
        "of_case uuid",
        "boolean",
        f"SELECT EXISTS (SELECT FROM public.case_record c WHERE c.case_id = of_case AND c.status IN {OPEN})",
        (Role.BOT,),
    ),
    Function(
        "korpu_organisation_of",
        "of_case uuid",
        "uuid",
        "SELECT c.organisation_id FROM public.case_record c WHERE c.case_id = of_case",
        (Role.CONSOLE,),
    ),
    Function(
        "korpu_is_party",
        "of_case uuid, to_organisation uuid",
        "boolean",
        "SELECT EXISTS (SELECT FROM public.case_record c "
        "WHERE c.case_id = of_case AND c.organisation_id = to_organisation) "
        "OR EXISTS (SELECT FROM public.case_referral r "
        "WHERE r.case_id = of_case AND to_organisation IN (r.from_organisation_id, r.to_organisation_id))",
        (Role.BOT, Role.CONSOLE, Role.JANITOR),
    ),
    Function(
        "korpu_paired_staff",
        "",
        "SETOF uuid",
        "SELECT s.id FROM public.staff s WHERE s.pairing_tag = ANY (public.korpu_proofs())",
        (Role.BOT,),
    ),
)

# What the program asks: one answer, without a right to the table.
QUESTIONS = (
    Function(
        "korpu_note_activity",
        "of_case uuid, on_day date",
        "uuid",
        "UPDATE public.case_record c SET last_activity_day = on_day "
        f"WHERE c.case_id = of_case AND c.status IN {OPEN} RETURNING c.organisation_id",
        (Role.BOT,),
        volatility="VOLATILE",
    ),
    Function(
        "korpu_audit_head",
        "",
        "TABLE (seq integer, hash bytea)",
        "SELECT e.seq, e.hash FROM public.audit_event e ORDER BY e.seq DESC LIMIT 1",
        EVERYBODY,
    ),
    Function(
        "korpu_usual_kdf",
        "",
        "TABLE (operations integer, memory integer)",
        "SELECT s.kdf_operations, s.kdf_memory FROM public.staff s LIMIT 1",
        (Role.CONSOLE,),
    ),
    Function(
        "korpu_author",
        "wanted uuid",
        "TABLE (id uuid, organisation_id uuid, login varchar, role varchar, public_key bytea, verify_key bytea, "
        "certificate bytea, certificate_epoch integer)",
        "SELECT s.id, s.organisation_id, s.login, s.role, s.public_key, s.verify_key, s.certificate, "
        "s.certificate_epoch FROM public.staff s WHERE s.id = wanted AND ("
        "s.organisation_id = public.korpu_organisation() "
        "OR EXISTS (SELECT FROM public.case_record c WHERE c.organisation_id = s.organisation_id "
        "AND c.case_id IN (SELECT public.korpu_seen_cases())) "
        "OR EXISTS (SELECT FROM public.case_referral r "
        "WHERE s.organisation_id IN (r.from_organisation_id, r.to_organisation_id) "
        "AND r.case_id IN (SELECT public.korpu_seen_cases())))",
        (Role.CONSOLE,),
    ),
)

FUNCTIONS = (*SETTINGS, *ANSWERS, *QUESTIONS)
