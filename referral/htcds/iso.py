"""Countries and languages by the codes of ISO 3166-1 and ISO 639-2."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from referral.htcds.data_files import read_data
from referral.htcds.errors import HtcdsError


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Return the names of all countries by their two letters."""
    return MappingProxyType(dict(read_data("iso.yml")["countries"]))


@lru_cache(maxsize=1)
def languages() -> Mapping[str, str]:
    """Return all codes of ISO 639-2/T; their names are not needed, a code stands for itself."""
    data = read_data("iso.yml")
    codes = sorted({*data["languages"].values(), *data["more_languages"].split()})
    return MappingProxyType({code: code for code in codes})


@lru_cache(maxsize=1)
def bibliographic() -> Mapping[str, str]:
    """Return ISO 639-2/B codes and the /T codes that we write instead."""
    return MappingProxyType(dict(read_data("iso.yml")["bibliographic"]))


def language_code(tag: str) -> str:
    """Return the three letters of ISO 639-2/T for a language tag such as `az` or `pt-BR`."""
    base = tag.replace("_", "-").split("-")[0].lower()
    found: str | None = read_data("iso.yml")["languages"].get(base)
    code = found or bibliographic().get(base, base)
    if code not in languages():
        raise HtcdsError("This language has no code in ISO 639-2. Use its two- or three-letter code, for instance az.")
    return code
