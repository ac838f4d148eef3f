"""What must hold before a training is worth starting; each fault is told by its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import OperatorError
from bot.intents import TECHNICAL, read_catalogue
from bot.languages import in_preparation
from bot.yamlfile import read_yaml

DEFAULT_INTENTS = frozenset({"nlu_fallback", "restart", "back", "session_start"})
DEFAULT_ACTIONS = frozenset(
    {"action_listen", "action_restart", "action_session_start", "action_default_fallback", "action_back"}
    | {"action_deactivate_loop", "action_revert_fallback_events", "action_unlikely_intent", "action_extract_slots"}
)


class TrainingError(OperatorError):
    """The model cannot be trained; the message names the file and the reason."""


@dataclass(frozen=True)
class Names:
    """The names that training data may use."""

    intents: frozenset[str]
    actions: frozenset[str]


def check_project(root: Path) -> None:
    """Check catalogue, domain, examples and rules against each other; raise `TrainingError` or `YamlFileError`."""
    read_yaml(root / "config.yml", root)
    domain = read_yaml(root / "domain.yml", root)
    names = _names(domain, root)
    _check_catalogue(names.intents)
    waiting = in_preparation(root / "locales")
    for path in _data_files(root, "nlu"):
        if path.parent.name not in waiting:
            _check_examples(path, root, names)
    for path in _data_files(root, "rules"):
        _check_rules(path, root, names)


def files_of_rules(text: str, root: Path) -> list[str]:
    """Return the files whose rules a text names in quotes: Rasa names rules, but an editor looks for files."""
    return [
        str(path.relative_to(root))
        for path in _data_files(root, "rules")
        if any(f"'{entry.get('rule')}'" in text for entry in _entries(path, root, "rules"))
    ]


def _names(domain: dict[str, Any], root: Path) -> Names:
    for key in ("intents", "actions", "responses", "forms"):
        if not isinstance(domain.get(key), list | dict):
            raise TrainingError(f"domain.yml has no {key!r}; see {root / 'docs'} for its form.")
    intents = _keys(domain["intents"])
    actions = _keys(domain["actions"]) | _keys(domain["responses"]) | _keys(domain["forms"]) | DEFAULT_ACTIONS
    return Names(intents, actions)


def _keys(entries: Iterable[Any]) -> frozenset[str]:
    return frozenset(str(next(iter(entry))) if isinstance(entry, dict) else str(entry) for entry in entries)


def _check_catalogue(intents: frozenset[str]) -> None:
    expected = frozenset(read_catalogue().by_name) | frozenset(TECHNICAL)
    missing, unknown = sorted(expected - intents), sorted(intents - expected)
    if missing:
        raise TrainingError(f"domain.yml lacks intents of the catalogue (bot/intents): {', '.join(missing)}.")
    if unknown:
        raise TrainingError(f"domain.yml has intents that the catalogue (bot/intents) lacks: {', '.join(unknown)}.")


def _data_files(root: Path, folder: str) -> list[Path]:
    files = sorted((root / "data" / folder).rglob("*.yml"))
    if not files:
        raise TrainingError(f"data/{folder} holds no .yml file; there is nothing to learn from.")
    return files


def _check_examples(path: Path, root: Path, names: Names) -> None:
    shown = path.relative_to(root)
    for entry in _entries(path, root, "nlu"):
        intent, examples = entry.get("intent"), entry.get("examples")
        if intent not in names.intents:
            raise TrainingError(f"{shown}: {intent!r} is not an intent of domain.yml.")
        if not isinstance(examples, str):
            raise TrainingError(f"{shown}: the examples of {intent!r} must follow `examples: |`, one a line.")
        for line in examples.splitlines():
            if line.strip() and not line.lstrip().startswith("- "):
                raise TrainingError(f"{shown}: under {intent!r} the line {line.strip()!r} does not begin with `- `.")


def _check_rules(path: Path, root: Path, names: Names) -> None:
    shown = path.relative_to(root)
    for entry in _entries(path, root, "rules"):
        rule = entry.get("rule")
        for step in entry.get("steps") or ():
            if "intent" in step and step["intent"] not in names.intents | DEFAULT_INTENTS:
                raise TrainingError(f"{shown}, rule {rule!r}: {step['intent']!r} is not an intent of domain.yml.")
            if "action" in step and step["action"] not in names.actions:
                raise TrainingError(f"{shown}, rule {rule!r}: {step['action']!r} is not an action of domain.yml.")


def _entries(path: Path, root: Path, key: str) -> list[dict[str, Any]]:
    entries = read_yaml(path, root).get(key)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TrainingError(f"{path.relative_to(root)}: there must be a list under `{key}:`.")
    return entries
