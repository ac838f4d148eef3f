"""What is live since when, and what was refused: `content/state.json` in the data folder."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.finding import Finding, Level
from bot.errors import OperatorError
from bot.released import FOLDER
from bot.wholefile import write_whole

FILE = "state.json"


class StateError(OperatorError):
    """The file cannot be read; the message names it and says what to do."""


@dataclass(frozen=True)
class Refused:
    """Files that could not go live, and why."""

    version: str
    at: dt.datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class State:
    """The version that is live and since when, both None before the first release; the last look; what is refused."""

    version: str | None = None
    since: dt.datetime | None = None
    looked: dt.datetime | None = None
    refused: Refused | None = None


def read_state(data_dir: Path) -> State:
    """Return what the keeper of content has noted, an empty state where it never was; raise `StateError`."""
    path = data_dir / FOLDER / FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return State(raw["version"], _time(raw["since"]), _time(raw["looked"]), _refused(raw["refused"]))
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StateError(f"{path} cannot be read ({type(error).__name__}); delete it, it is written anew.") from error


def write_state(data_dir: Path, state: State) -> None:
    """Write the file, whole or not at all, for its owner only."""
    path = data_dir / FOLDER / FILE
    raw = {
        "version": state.version,
        "since": _text(state.since),
        "looked": _text(state.looked),
        "refused": None if state.refused is None else _raw(state.refused),
    }
    write_whole(path, json.dumps(raw, ensure_ascii=False, default=str))


def _raw(refused: Refused) -> dict[str, Any]:
    findings = [
        {
            "file": finding.file,
            "entry": finding.entry,
            "rule": finding.rule,
            "problem": finding.problem,
            "values": dict(finding.values),
            "level": finding.level.value,
        }
        for finding in refused.findings
    ]
    return {"version": refused.version, "at": _text(refused.at), "findings": findings}


def _refused(raw: Mapping[str, Any] | None) -> Refused | None:
    if raw is None:
        return None
    findings = tuple(Finding(**{**each, "level": Level(each["level"])}) for each in raw["findings"])
    return Refused(raw["version"], dt.datetime.fromisoformat(raw["at"]), findings)


def _text(time: dt.datetime | None) -> str | None:
    return None if time is None else time.astimezone(dt.UTC).isoformat(timespec="seconds")


def _time(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
