"""Run the messages through the code of the running bot."""

import time
from dataclasses import dataclass

from rasa.core.agent import Agent

from bot.gateway.danger import DangerGate
from bot.nlu.decide import Outcome, decide
from bot.report.evaluation import DangerLists, Item


@dataclass(frozen=True)
class Result:
    """What the bot made of one message."""

    item: Item
    ranking: tuple[str, ...]
    confidence: float
    outcome: Outcome
    choices: tuple[str, ...]
    beside: tuple[str, ...]
    language: str | None
    ms: float

    @property
    def right(self) -> bool:
        """Tell whether the likeliest intent is the right one."""
        return self.ranking[:1] == (self.item.intent,)

    @property
    def in_three(self) -> bool:
        """Tell whether the right intent is among the three likeliest."""
        return self.item.intent in self.ranking[:3]

    @property
    def one_tap(self) -> bool:
        """Tell whether the right answer is on the screen, or behind one of the buttons under it."""
        if self.outcome is Outcome.ANSWER:
            return self.right or self.item.intent in self.beside
        return self.item.intent in self.choices


@dataclass(frozen=True)
class DangerResult:
    """How the gate does in one language: shares between 0 and 1, and milliseconds."""

    language: str
    recall: float
    recall_of_patterns: float
    false_alarms: float
    false_alarms_hard: float
    false_alarms_ordinary: float
    ms: tuple[float, ...]


async def understand(agent: Agent, items: list[Item]) -> list[Result]:
    """Return a result for each message, as if the person had chosen no language."""
    return [await _understand(agent, item) for item in items]


async def _understand(agent: Agent, item: Item) -> Result:
    started = time.perf_counter()
    parsed = await agent.parse_message(item.text.lstrip("/ "))
    found = decide(parsed, chosen=None, hint=None)
    spent = (time.perf_counter() - started) * 1000
    names = tuple(ranked.name for ranked in found.ranking)
    return Result(item, names, found.confidence, found.outcome, found.choices, found.beside, found.language, spent)


def watch(gate: DangerGate, patterns: DangerGate, lists: DangerLists, ordinary: list[str]) -> DangerResult:
    """Return how the gate does on one language's lists and on its ordinary messages."""
    wanted = [text for texts in lists.danger.values() for text in texts]
    spent: list[float] = []

    def seen(text: str) -> bool:
        started = time.perf_counter()
        found = gate.check(text)
        spent.append((time.perf_counter() - started) * 1000)
        return found is not None

    recall = _share([seen(text) for text in wanted])
    hard, usual = [seen(text) for text in lists.quiet], [seen(text) for text in ordinary]
    return DangerResult(
        language=lists.language,
        recall=recall,
        recall_of_patterns=_share([patterns.check(text) is not None for text in wanted]),
        false_alarms=_share(hard + usual),
        false_alarms_hard=_share(hard),
        false_alarms_ordinary=_share(usual),
        ms=tuple(spent),
    )


def _share(marks: list[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
