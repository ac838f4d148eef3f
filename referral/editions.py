"""The editions of the statistics that were made: kept, because no month is ever counted a second time."""

import json
from pathlib import Path
from uuid import UUID

from referral.published import write_private
from referral.statistics import Edition, Period, edition_from_json, edition_to_json

FOLDER = "statistics"


def kept_editions(data_dir: Path, *, organisation_id: UUID) -> list[Edition]:
    """Return an organisation's editions, oldest first."""
    folder = data_dir / FOLDER / organisation_id.hex
    return [edition_from_json(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def keep_edition(data_dir: Path, edition: Edition, *, organisation_id: UUID) -> Path:
    """Write an edition down before anybody sees it; raise `FileExistsError` when its period was counted before."""
    path = data_dir / FOLDER / organisation_id.hex / f"{edition.period.first}_{edition.period.last}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(f"{path.name} was made before.")
    write_private(path, json.dumps(edition_to_json(edition), ensure_ascii=False, indent=1).encode())
    return path


def published_periods(data_dir: Path, *, organisation_id: UUID) -> list[Period]:
    """Return the periods that were counted."""
    return [edition.period for edition in kept_editions(data_dir, organisation_id=organisation_id)]
