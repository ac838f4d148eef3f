"""What the doctor has to say about one thing."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Grade(StrEnum):
    """How bad it is: nothing, something to know, something that stops the work."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor."""

    grade: Grade
    subject: str
    text: str


def ok(subject: str, text: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(Grade.OK, subject, text)


def note(subject: str, text: str) -> Finding:
    """Return a finding that one should know."""
    return Finding(Grade.NOTE, subject, text)


def fault(subject: str, text: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(Grade.FAULT, subject, text)
