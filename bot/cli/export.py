"""`korpu export`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Kind = Literal["json", "csv", "kobo", "excel"]


def export(
    case: Annotated[str, typer.Argument(help="The case's number, or the first eight letters of it.")],
    to: Annotated[str, typer.Option(help="Whom it is for: an organisation's name, or provider:ID of the directory.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    by: Annotated[str | None, typer.Option(help="Your login; it opens the case.")] = None,
    target: Annotated[Kind, typer.Option(help="The standard's JSON or CSV, or a toolkit's form.")] = "json",
) -> int:
    """Write a case for a partner without this system, into a file that opens with a passphrase (age).

    It needs the person's consent to this recipient, or a supervisor's decision. What was withheld is not in it.
    """
    from bot.cli.exporting import write_for_partner
    from bot.cli.run import say
    from bot.cli.staff import ask
    from bot.settings import Settings

    passphrase = write_for_partner(Settings.from_env(), case=case, to=to, out=out, by=by, target=target, ask=ask)
    say(f"Wrote {out}. Its passphrase, shown only now: {passphrase}")
    say("Give file and passphrase by two different ways. `age --decrypt` opens it (age-encryption.org), then unzip.")
    return 0
