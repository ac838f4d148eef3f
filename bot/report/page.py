"""docs/nlu.md, whole."""

from collections.abc import Sequence
from pathlib import Path

from bot.report.measure import DangerResult, Result
from bot.report.tables import (
    confusion_table,
    danger_table,
    language_table,
    milliseconds,
    percent,
    style_table,
)

HEAD = """# How well the bot understands

Written by `make nlu-report`; do not edit. The messages are in `evaluation/`: written by a machine, by other hands than the
training examples and without sight of them, never trained on. **They are not messages of real people**: expect less from
real ones. Top 1: the likeliest intent is right. Within one tap: the right answer is given at once, or is one of the three
buttons. In percent.
"""
DANGER = """
## Danger
Recall on forty messages a language in danger; false alarms on sixty hard negatives (alarming words, no emergency) and on
all other evaluation messages. A false alarm shows a card before the normal answer, nothing else.
"""
IDEAS = """
## What was tried
| idea | what it brought (top 1, az ru tr en together, unless said) |
|---|---|
| Latin copies of Cyrillic and Georgian examples | Russian in Latin letters 59 → 98 %, mixed 88 → 97 % (az); kept |
| stems (first five letters of each word) as features | +0.9; kept |
| a second, careless Latin spelling | +0.1 for a third more training time; left out |
| consonant skeletons (Finglish, Arabizi) | fa +0.5 (top 3 +1.8), en -1.8; left out for now |
| unordered pairs of stems | +0.5 without stems, nothing beside them; left out |
| logistic regression instead of linear SVMs | +0.1 at four times the training time; left out |
| five rounds of the solver instead of convergence | +0.3 at 60 % of the time; kept |
| word weights 0.6, char weights 0.7, n-grams 1-4, 3-6, across words | -1.3 to +0.2; left as they were |
| danger: a learned half beside the patterns | recall in Turkish 52 → 100, in Azerbaijani 71 → 97; kept |

| answers shown with the two runners-up below them when they are not sure | within one tap +1 to +3; kept |
| 18 more stories an intent in Turkish | Turkish 80.9 → 85.5, Azerbaijani 90.9 → 93.3; kept |
| words that occur once left out | -1.3; kept in |

Weakest are short stories that never name the topic. More varied stories among the examples, and a lexicon of
language-neutral concepts (`bot/linear/concepts.py`, empty so far) are the next steps. The stock Rasa pipeline has not been
measured beside this one yet.
"""


def page(results: Sequence[Result], danger: Sequence[DangerResult], *, model: Path) -> str:
    """Return the page."""
    spent = [result.ms for result in results]
    gate = [ms for result in danger for ms in result.ms]
    parts = [
        HEAD,
        *language_table(results),
        f"\nAll languages together: top 1 {percent(r.right for r in results):.1f}, within one tap "
        f"{percent(r.one_tap for r in results):.1f}. A message takes {milliseconds(spent)} in Rasa's pipeline. "
        f"The model has {model.stat().st_size / 1e6:.0f} MB.",
        "\n## By style (top 1; number of messages)",
        *style_table(results),
        DANGER,
        *danger_table(danger),
        f"\nThe gate alone takes {milliseconds(gate)}.",
        "\n## What a confidence is worth\n![Confidence against the share that was right](nlu-calibration.svg)",
        IDEAS,
        "## Most confused",
        *confusion_table(results),
    ]
    return "\n".join(parts) + "\n"
