"""Who fills which field, and to which item of a consent it belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import lru_cache
from types import MappingProxyType

from referral.htcds.data_files import read_data


@unique
class FilledBy(StrEnum):
    """Where a field's value comes from."""

    BOT = "bot"
    RECORD = "record"
    STAFF = "staff"
    NEVER = "never"


@dataclass(frozen=True)
class Collected:
    """How a field is filled; `why` says why one is not, `note` what to know of one that is."""

    item: str
    by: FilledBy
    staff: bool = False
    why: str = ""
    note: str = ""

    @property
    def staff_may(self) -> bool:
        """Tell whether a caseworker may fill it in."""
        return self.staff or self.by is FilledBy.STAFF


@lru_cache(maxsize=1)
def collected() -> Mapping[str, Collected]:
    """Return how each field of a case is filled; an organisation's fields go with the field that names it."""
    raw = read_data("collection.yml")["fields"]
    return MappingProxyType({name: Collected(**{**entry, "by": FilledBy(entry["by"])}) for name, entry in raw.items()})


def items() -> Mapping[str, str]:
    """Return the items that a person may share or withhold, with words for each."""
    return MappingProxyType(dict(read_data("collection.yml")["items"]))


def always_shared() -> frozenset[str]:
    """Return the items that go with every case."""
    return frozenset(read_data("collection.yml")["always"])


ALL_ITEMS = frozenset(items())
