"""The list of commands. Each imports what it needs when it is called, so that `korpu --help` is quick."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from bot.cli import (
    audit,
    content,
    demo,
    doctor,
    export,
    gate,
    init,
    keys,
    organisation,
    receipt,
    restore,
    retention,
    run,
    staff,
    statistics,
    train,
    understand,
)
from bot.errors import OperatorError

STOPPED = 130

app = typer.Typer(
    name="korpu",
    help="Körpü: answers for migrants on Telegram, and confidential referrals to caseworkers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (run.run, init.init, doctor.doctor, train.train, understand.understand, gate.gate):
    app.command()(command)
app.add_typer(staff.app, name="staff")
app.add_typer(keys.app, name="keys")
app.add_typer(organisation.app, name="organisation")
app.add_typer(audit.app, name="audit")
app.add_typer(content.app, name="content")
app.command()(export.export)
app.command()(statistics.statistics)
app.command()(retention.retention)
app.command()(restore.restore)
app.command()(receipt.receipt)
app.command()(demo.demo)


def main() -> int:
    """Run one command; return its exit code. What the operator can mend is told in one line, without a trace."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = app(standalone_mode=False, prog_name="korpu")
    except OperatorError as error:
        print(f"korpu: {error}", file=sys.stderr)
        return 1
    except TyperException as error:
        message = error.format_message()
        print(message if message.startswith("Usage:") else f"korpu: {message} Try `korpu --help`.", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print("Stopped.", file=sys.stderr)
        return STOPPED
    return code if isinstance(code, int) else 0


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
