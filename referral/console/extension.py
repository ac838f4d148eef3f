"""Pages that another package adds to the console, which is named in KORPU_CONSOLE_PAGES: `referral` knows no other.

Such a module has `PAGES`, a tuple of blueprints, and `PLACES`, which is like `page_parts.PLACES`. Its templates extend
`base.html`; its views are guarded as ours are. It may have `COUNTS`: by the endpoint of a place, a function that tells
how many things wait there.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint

from referral.errors import ReferralError
from referral.permissions import May

Place = tuple[str, May | None, str]
Counts = Mapping[str, Callable[[], int]]


class ExtensionError(ReferralError):
    """Pages that are named are not there; the message says which."""


@dataclass(frozen=True)
class Extension:
    """The pages of one module; where one may go: endpoint, permission and title; how many things wait there."""

    pages: tuple[Blueprint, ...]
    places: tuple[Place, ...]
    counts: Counts = field(default_factory=dict)


def load_extensions(names: Sequence[str]) -> tuple[Extension, ...]:
    """Import the modules; raise `ExtensionError` for one that is not there or has no pages."""
    return tuple(map(_load, names))


def _load(name: str) -> Extension:
    try:
        module = importlib.import_module(name)
        return Extension(tuple(module.PAGES), tuple(module.PLACES), getattr(module, "COUNTS", {}))
    except (ImportError, AttributeError) as error:
        raise ExtensionError(f"KORPU_CONSOLE_PAGES names {name!r}, which has no pages here ({error}).") from error
