"""Findings in the words of an editor: file, entry, what is wrong, how to mend it (`source/checks.yml`)."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from bot.content.check import Report
from bot.content.finding import Finding, Level
from bot.i18n import LOCALES_DIR
from bot.yamlfile import read_yaml

LANGUAGES = ("az", "en", "ru")
ENGLISH = "en"
FILE = Path("source", "checks.yml")
_ENVIRONMENT = ("KORPU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True)
class Messages:
    """The words of the check in one language of editors."""

    words: Mapping[str, tuple[str, str]]

    def of(self, finding: Finding) -> tuple[str, str]:
        """Return what is wrong and how to mend it."""
        wrong, mend = self.words[finding.key]
        return wrong.format(**finding.values), mend.format(**finding.values)

    def line(self, finding: Finding) -> str:
        """Return a finding as one line."""
        wrong, mend = self.of(finding)
        level = f"{self.words['report.warning'][0]}: " if finding.level is Level.WARNING else ""
        entry = finding.entry or self.words["report.whole"][0]
        return f"{level}{finding.file}: {entry}: {wrong} {mend} [{finding.rule}]"

    def of_report(self, name: str) -> str:
        """Return a sentence of the report itself, with what is to be done."""
        return " ".join(self.words[f"report.{name}"])

    def grouped(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield each file with what is to be done there, and below it the names of the entries; last, the count."""
        groups: dict[tuple[str, str], list[str]] = {}
        for finding in findings:
            groups.setdefault((finding.file, " ".join(self.of(finding))), []).append(self._name(finding))
        for (file, text), names in groups.items():
            yield f"{file}: {len(names)}: {text}"
            yield from wrap(", ".join(names), 110, initial_indent="    ", subsequent_indent="    ")
        yield " ".join(self.words["report.todo"]).format(count=len(findings))

    def _name(self, finding: Finding) -> str:
        name = finding.entry or self.words["report.whole"][0]
        counts = {"held", "wanted"} <= finding.values.keys() and finding.rule == "todo"
        return f"{name} {finding.values['held']}/{finding.values['wanted']}" if counts else name

    def lines(self, report: Report) -> Iterator[str]:
        """Yield each finding and, last, the figures."""
        yield from map(self.line, report.findings)
        if report.findings and not report.texts:
            yield self.of_report("unread")
        yield self.of_report("summary").format(
            texts=report.texts,
            languages=report.languages,
            errors=len(report.errors),
            warnings=len(report.warnings),
        )


def load_messages(language: str, locales: Path = LOCALES_DIR) -> Messages:
    """Return the words of the check in a language of `LANGUAGES`."""
    words = read_yaml(locales / FILE, locales.parent)
    return Messages(
        {
            f"{rule}.{problem}": tuple(of_languages[language])
            for rule, problems in words.items()
            for problem, of_languages in problems.items()
        }
    )


def editors_language(environ: Mapping[str, str] = os.environ) -> str:
    """Return the editor's language: KORPU_LANG, or that of the computer, or English."""
    named = next((environ[name] for name in _ENVIRONMENT if environ.get(name)), "")
    return next((code for code in LANGUAGES if named.lower().startswith(code)), ENGLISH)
