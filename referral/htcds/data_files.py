"""Reading the data files of this package."""

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

DATA = Path(__file__).with_name("data")


@lru_cache(maxsize=8)
def read_data(name: str) -> MappingProxyType[str, Any]:
    """Return the content of one of the data files; they are part of the code and tested with it."""
    content = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return MappingProxyType(content)
