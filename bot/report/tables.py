"""The figures as tables of docs/nlu.md."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from bot.report.measure import DangerResult, Result

STYLES = ("plain", "chatty", "keywords", "story", "latin", "mixed")
BINS = 10
MOST_CONFUSED = 25


def percent(marks: Iterable[bool]) -> float:
    """Return the share of true marks in percent."""
    given = list(marks)
    return 100 * sum(given) / len(given) if given else float("nan")


def by_language(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Return the main figures of each language in percent."""
    return {
        language: {
            "top1": percent(r.right for r in of),
            "top3": percent(r.in_three for r in of),
            "one_tap": percent(r.one_tap for r in of),
            "answered": percent(r.outcome == "answer" for r in of),
            "language": percent(r.language == language for r in of),
        }
        for language, of in _grouped(results, lambda r: r.item.language).items()
    }


def language_table(results: Sequence[Result]) -> list[str]:
    """Return the table of languages."""
    lines = [
        "| language | messages | top 1 | top 3 | within one tap | answered at once | language seen |",
        "|---|---|---|---|---|---|---|",
    ]
    counts = Counter(r.item.language for r in results)
    for language, f in by_language(results).items():
        figures = " | ".join(f"{f[name]:.1f}" for name in ("top1", "top3", "one_tap", "answered", "language"))
        lines.append(f"| {language} | {counts[language]} | {figures} |")
    return lines


def style_table(results: Sequence[Result]) -> list[str]:
    """Return top 1 by language and style."""
    lines = [f"| language | {' | '.join(STYLES)} |", "|---" * (len(STYLES) + 1) + "|"]
    for language, of in _grouped(results, lambda r: r.item.language).items():
        cells = []
        for style in STYLES:
            marks = [r.right for r in of if r.item.style == style]
            cells.append(f"{percent(marks):.0f} ({len(marks)})" if marks else "")
        lines.append(f"| {language} | {' | '.join(cells)} |")
    return lines


def danger_table(results: Sequence[DangerResult]) -> list[str]:
    """Return the table of the danger gate."""
    lines = [
        "| language | recall | patterns alone | false alarms | of them: hard negatives | ordinary messages |",
        "|---" * 6 + "|",
    ]
    for r in results:
        shares = (r.recall, r.recall_of_patterns, r.false_alarms, r.false_alarms_hard, r.false_alarms_ordinary)
        lines.append(f"| {r.language} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |")
    return lines


def confusion_table(results: Sequence[Result]) -> list[str]:
    """Return the pairs that are taken for each other most often."""
    pairs = Counter((r.item.intent, r.ranking[0]) for r in results if r.ranking and not r.right)
    lines = ["| meant | understood | times |", "|---|---|---|"]
    return lines + [
        f"| {meant} | {understood} | {times} |" for (meant, understood), times in pairs.most_common(MOST_CONFUSED)
    ]


def calibration(results: Sequence[Result]) -> list[tuple[float, float, int]]:
    """Return for each tenth of confidence: its mean, the share that was right, and how many."""
    found = []
    for number in range(BINS):
        of = [r for r in results if number / BINS <= r.confidence < (number + 1) / BINS + (number == BINS - 1)]
        if of:
            found.append((sum(r.confidence for r in of) / len(of), sum(r.right for r in of) / len(of), len(of)))
    return found


def calibration_error(results: Sequence[Result]) -> float:
    """Return the expected calibration error in percent (Guo et al. 2017), over the tenths of `calibration`."""
    points = calibration(results)
    return 100 * sum(abs(sure - right) * count for sure, right, count in points) / sum(n for _s, _r, n in points)


def milliseconds(values: Sequence[float]) -> str:
    """Return median and 95th percentile."""
    ordered = sorted(values)
    return f"{median(ordered):.1f} ms at the median, {ordered[int(len(ordered) * 0.95)]:.1f} ms at the 95th percentile"


def _grouped(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return groups
