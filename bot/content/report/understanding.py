"""How much the models learn from, by language."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.gateway.danger import Danger
from bot.i18n import language_codes
from bot.nlu.examples import read_examples
from bot.yamlfile import read_yaml


@dataclass(frozen=True)
class Learnt:
    """What there is of one language."""

    language: str
    examples: int
    fewest: int  # of an intent
    patterns: int
    messages: int


def learnt(root: Path) -> Iterator[Learnt]:
    """Yield the figures of each language; `root` is the project's folder. Raise `YamlFileError`."""
    held = list(read_examples(root / "data" / "nlu"))
    for code in language_codes(root / "locales"):
        examples = Counter(example.intent for example in held if example.language == code)
        lexicon = read_yaml(root / "locales" / code / "danger.yml", root)
        lists = root / "data" / "danger" / f"{code}.yml"
        yield Learnt(
            language=code,
            examples=examples.total(),
            fewest=min(examples.values()),
            patterns=sum(len(lexicon[danger.value]["patterns"]) for danger in Danger),
            messages=sum(map(len, read_yaml(lists, root).values())) if lists.exists() else 0,
        )
