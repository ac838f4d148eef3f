"""Checking the audit log against itself and against its checkpoints."""

from pathlib import Path

from bot.cli.database import organisation, transaction
from bot.errors import OperatorError
from bot.settings import Settings
from referral import audit
from referral.checkpoints import FILE, BadCheckpoint, compare, kept, read, short


def problems_of(settings: Settings, path: Path | None) -> tuple[list[str], int, str | None]:
    """Return what is wrong, with how many checkpoints the log was compared, and a short form of its last entry."""
    lines = _lines(settings, path)
    keys = organisation(settings).bot_verify_keys if lines else ()
    with transaction(settings) as session:
        problems = audit.verify(session)
        for line in lines:
            try:
                found = compare(session, read(line, verify_keys=keys))
            except BadCheckpoint as error:
                found = str(error)
            if found is not None:
                problems.append(found)
        head = audit.head(session)
    return problems, len(lines), None if head is None else short(*head)


def _lines(settings: Settings, path: Path | None) -> list[str]:
    where = path or settings.data_dir / "checkpoints" / FILE
    if path is not None and not path.exists():
        raise OperatorError(f"{path} is not there.")
    return kept(where) if where.exists() else []
