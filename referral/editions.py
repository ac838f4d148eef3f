"""The editions of the statistics that were made: kept, because no month is ever counted a second time."""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from referral.published import write_private
from referral.service.common import today
from referral.statistics import (
    CountedCase,
    Edition,
    Period,
    check_publishable,
    edition_from_json,
    edition_to_json,
    make_edition,
)

FOLDER = "statistics"
LOCK = ".counting"  # held while an edition is made: two at once could count the same month twice


def kept_editions(data_dir: Path, *, organisation_id: UUID) -> list[Edition]:
    """Return an organisation's editions, oldest first."""
    folder = _folder(data_dir, organisation_id)
    return [edition_from_json(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def kept_edition(data_dir: Path, period: Period, *, organisation_id: UUID) -> Edition | None:
    """Return the edition of a period, None when there is none."""
    editions = kept_editions(data_dir, organisation_id=organisation_id)
    return next((edition for edition in editions if edition.period == period), None)


def keep_edition(data_dir: Path, edition: Edition, *, organisation_id: UUID) -> Path:
    """Write an edition down before anybody sees it; raise `FileExistsError` when its period was counted before."""
    path = _folder(data_dir, organisation_id) / f"{edition.period.first}_{edition.period.last}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(f"{path.name} was made before.")
    write_private(path, json.dumps(edition_to_json(edition), ensure_ascii=False, indent=1).encode())
    return path


def published_periods(data_dir: Path, *, organisation_id: UUID) -> list[Period]:
    """Return the periods that were counted."""
    return [edition.period for edition in kept_editions(data_dir, organisation_id=organisation_id)]


def edition_once(
    data_dir: Path,
    period: Period,
    *,
    organisation_id: UUID,
    organisation: str,
    count: Callable[[], Iterable[CountedCase]],
) -> Edition:
    """Return the edition of a period: the kept one, or else a new one of the cases that `count` gives, kept first.

    Raise `NotPublishable`, before anything is counted, when the period may not be published. `count` opens the cases;
    what it writes into the log must be there when it returns.
    """
    with _alone(_folder(data_dir, organisation_id)):
        kept = kept_edition(data_dir, period, organisation_id=organisation_id)
        if kept is not None:
            return kept
        published = published_periods(data_dir, organisation_id=organisation_id)
        check_publishable(period, made_on=today(), published=published)
        edition = make_edition(
            count(),
            organisation=organisation,
            period=period,
            made_on=today(),
            published=published,
            secret=(data_dir / "secrets" / "statistics_key").read_bytes(),
        )
        keep_edition(data_dir, edition, organisation_id=organisation_id)
        return edition


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else makes an edition of this organisation, in this process or another one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder(data_dir: Path, organisation_id: UUID) -> Path:
    return data_dir / FOLDER / organisation_id.hex
