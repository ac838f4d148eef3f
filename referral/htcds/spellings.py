"""How the standard's toolkit spells fields and codes: understood everywhere, written only for those who ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from referral.htcds.data_files import read_data
from referral.htcds.table import Field, load_table

TOOLKITS = ("excel", "kobo")


@dataclass(frozen=True)
class Toolkit:
    """One file of the toolkit: its columns in its order, and what it spells otherwise than the standard."""

    columns: tuple[str, ...]
    separator: str
    names: Mapping[str, str | None]
    labels: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    only_one: frozenset[str]
    free_text: frozenset[str]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields that the file has a place for."""
        return tuple(load_table().by_name[name] for name in self.columns)

    def name(self, field: Field) -> str | None:
        """Return what the file calls a field; None where it forgot to."""
        return self.names.get(field.name, field.name)

    def label(self, field: Field) -> str:
        """Return what people see above a column."""
        return self.labels.get(field.name, field.label)

    def code_label(self, field: Field, code: str) -> str:
        """Return what people see for a code."""
        return self.codes.get(field.name, {}).get(code, field.codes[code])


@lru_cache(maxsize=2)
def toolkit(name: str) -> Toolkit:
    """Return one of the toolkit's files: `excel` or `kobo`."""
    raw: Mapping[str, Any] = read_data("toolkit.yml")[name]
    return Toolkit(
        columns=tuple(raw["columns"]),
        separator=raw["separator"],
        names=MappingProxyType(raw.get("names", {})),
        labels=MappingProxyType(raw.get("labels", {})),
        codes=MappingProxyType(raw.get("codes", {})),
        only_one=frozenset(raw.get("only_one", ())),
        free_text=frozenset(raw.get("free_text", ())),
    )


@lru_cache(maxsize=1)
def field_aliases() -> Mapping[str, str]:
    """Return the toolkit's names of fields and ours."""
    spelled = (toolkit(name).names.items() for name in TOOLKITS)
    return MappingProxyType({theirs: ours for pairs in spelled for ours, theirs in pairs if theirs is not None})


@lru_cache(maxsize=256)
def _aliases(name: str) -> Mapping[str, str]:
    field = load_table().by_name[name]
    found = {code: code for code in field.codes} | {label: code for code, label in field.codes.items()}
    for file in TOOLKITS:
        found |= {spelled: code for code, spelled in toolkit(file).codes.get(name, {}).items()}
    found |= read_data("toolkit.yml")["aliases"].get(name, {})
    return MappingProxyType({folded(spelled): code for spelled, code in found.items()})


def code_aliases(field: Field) -> Mapping[str, str]:
    """Return every folded spelling of a field's codes: the codes, their labels, and the toolkit's."""
    return _aliases(field.name)


def folded(text: str) -> str:
    """Return a spelling without case and needless blanks: the toolkit's lists have some at their ends."""
    return " ".join(text.casefold().split())


def implied(field: Field, piece: str) -> str | None:
    """Return our own field that a spelling stands for besides its code."""
    spelled: Mapping[str, str] = read_data("toolkit.yml")["implied"].get(field.name, {})
    return next((own for word, own in spelled.items() if folded(word) == folded(piece)), None)


def is_ignored(column: str) -> bool:
    """Tell whether a column is a survey tool's own: its bookkeeping, or one of a question's ticks taken apart."""
    known = {*load_table().by_name, *field_aliases()}
    return column in read_data("toolkit.yml")["ignored"] or ("/" in column and column.split("/")[0] in known)
