"""Figures that take too long to be measured with every report: they are kept beside the messages."""

import json
from pathlib import Path
from typing import Any

from bot.report.evaluation import FOLDER

BASELINE_FIGURES = FOLDER / "baseline.json"
MASSIVE_FIGURES = FOLDER / "massive.json"
Figures = dict[str, dict[str, Any]]


def read_figures(path: Path) -> Figures:
    """Return the figures by language; nothing when they have not been measured."""
    figures: Figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures


def write_figures(path: Path, figures: Figures) -> None:
    """Keep figures, in a form whose changes are small."""
    path.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def baseline_table(figures: Figures) -> list[str]:
    """Return the table of both pipelines, with ratios."""
    lines = [
        "| language | day | examples | top 1 ours | top 1 stock | training ours | stock | times faster | "
        "a message ours | stock | times faster |",
        "|---" * 11 + "|",
    ]
    for language, of in figures.items():
        ours, stock = of["ours"], of["stock"]
        lines.append(
            f"| {language} | {of['day']} | {of['examples']} | {ours['top1']:.1f} | {stock['top1']:.1f} "
            f"| {ours['train_s']:.1f} s | {stock['train_s']:.0f} s | {stock['train_s'] / ours['train_s']:.0f} "
            f"| {ours['ms']:.1f} ms | {stock['ms']:.1f} ms | {stock['ms'] / ours['ms']:.1f} |"
        )
    return lines


def massive_table(figures: Figures) -> list[str]:
    """Return top 1 of each locale, by a model of its own and by one for all."""
    lines = ["| locale | one model a language | its training | one model for all |", "|---" * 4 + "|"]
    for locale, of in figures.items():
        lines.append(f"| {locale} | {of['alone']:.1f} | {of['train_s']:.0f} s | {of['pooled']:.1f} |")
    return lines
