"""How hard an English text is to read: the grade of Flesch and Kincaid (1975), with syllables counted by rule.

0.39 · words per sentence + 11.8 · syllables per word − 15.59. A line or a `.`, `?`, `!` ends a sentence. Syllables are
groups of vowels, less a silent e or ed at the end; numbers count one. The rule errs by a tenth of a grade or so on
texts as short as ours, which is why only texts of 30 words and more are judged by it.
"""

import re

LEAST_WORDS = 30
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”]?\s+|\n")
_WORD = re.compile(r"[^\W_](?:[\w'’-]*\w)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SOUNDED = ("ted", "ded", "ses", "ces", "zes", "xes", "ches", "shes", "ges", "le")


def sentences(text: str) -> list[str]:
    """Return the sentences that have words."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    letters = word.lower()
    count = len(_VOWELS.findall(letters))
    if count > 1 and letters.endswith(("e", "ed", "es")) and not letters.endswith(_SOUNDED):
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """Return the years of school that reading a text takes; 0 for a text without words."""
    held, found = sentences(text), words(text)
    if not found:
        return 0.0
    return 0.39 * len(found) / len(held) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
