"""Judgements on a text that are kept: when one text has changed, the keeper of content checks all of them again."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

MOST = 40_000  # a rule asks for each text in each language; twice as many, so that none goes before it is asked again
Given = ParamSpec("Given")
Judgement = TypeVar("Judgement")


def kept(judge: Callable[Given, Judgement]) -> Callable[Given, Judgement]:
    """Return the function with a memory; what it says must follow from its arguments alone, and nobody changes it."""
    return cast(Callable[Given, Judgement], lru_cache(maxsize=MOST)(judge))
