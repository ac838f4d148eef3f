"""The table of rights as SQL."""

from collections.abc import Iterator

from referral.access.functions import FUNCTIONS, Function
from referral.access.right import ALL, Right
from referral.access.rights import RIGHTS
from referral.access.roles import Role

OWNER = "owner"  # the policy of who runs the migrations; row level security is forced on them too


def statements() -> Iterator[str]:
    """Yield what gives all rights to roles that have none yet; the functions come first, conditions call them."""
    roles = ", ".join(Role)
    yield f"GRANT USAGE ON SCHEMA public TO {roles}"
    for function in FUNCTIONS:
        yield from _function(function)
    for table, rights in RIGHTS.items():
        yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY {OWNER} ON public.{table} TO CURRENT_USER USING (true) WITH CHECK (true)"
        for role, right in rights.items():
            yield from _grants(table, role, right)
            yield from _policies(table, role, right)


def script() -> str:
    """Return all statements as a file."""
    return "".join(f"{statement};\n" for statement in statements())


def _function(function: Function) -> Iterator[str]:
    # A definer's function finds tables by their full names only: nobody can put another one in their place.
    safe = " SECURITY DEFINER SET search_path = pg_catalog, pg_temp" if function.definer else ""
    signature = f"public.{function.name}({function.arguments})"
    yield (
        f"CREATE FUNCTION {signature} RETURNS {function.returns} "
        f"LANGUAGE sql {function.volatility}{safe} AS $$\n    {function.body}\n$$"
    )
    yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join(function.roles)}"


def _grants(table: str, role: Role, right: Right) -> Iterator[str]:
    commands = [
        _with_columns("SELECT", right.select),
        "INSERT" if right.insert is not None else "",
        _with_columns("UPDATE", right.update),
        "DELETE" if right.delete else "",
    ]
    yield f"GRANT {', '.join(filter(None, commands))} ON public.{table} TO {role}"


def _with_columns(command: str, columns: tuple[str, ...]) -> str:
    if columns == ALL:
        return command
    return f"{command} ({', '.join(columns)})" if columns else ""


def _policies(table: str, role: Role, right: Right) -> Iterator[str]:
    rows = right.rows.format(table=table)
    changed = (right.changed or right.rows).format(table=table)
    if right.select:
        yield _policy(table, role, "SELECT", f"USING ({rows})")
    if right.insert is not None:
        yield _policy(table, role, "INSERT", f"WITH CHECK ({right.insert.format(table=table)})")
    if right.update:
        yield _policy(table, role, "UPDATE", f"USING ({rows}) WITH CHECK ({changed})")
    if right.delete:
        yield _policy(table, role, "DELETE", f"USING ({(right.deleted or right.rows).format(table=table)})")


def _policy(table: str, role: Role, command: str, conditions: str) -> str:
    return f"CREATE POLICY {role}_{command.lower()} ON public.{table} FOR {command} TO {role} {conditions}"
