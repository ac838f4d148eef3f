"""What the supervisor must know of a process. The list of processes is a value, so that a test can give its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class HttpHealth:
    """Healthy when this address answers 200."""

    url: str


@dataclass(frozen=True)
class FileHealth:
    """Healthy when this file has been written since the process began."""

    path: Path


@dataclass(frozen=True)
class ProcessSpec:
    """One process: its command, the whole of its environment, how to see that it is well."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    health: HttpHealth | FileHealth
    port: int | None = None
    port_variable: str | None = None
    pass_fds: tuple[int, ...] = ()


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds."""

    start: float = 180.0
    poll: float = 0.2
    probe: float = 10.0
    watch_every: float = 10.0
    missed_probes: int = 6
    grace: float = 7.0
    failures: int = 5
    window: float = 60.0
    pauses: tuple[float, ...] = (0.2, 1.0, 2.0, 4.0)
