"""Reading ease of the English source: school grade by Flesch and Kincaid, and the longest sentence."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
from bot.content.kept import kept
from bot.content.readability import LEAST_WORDS, grade, sentences, words
from bot.content.sources import PLACEHOLDER
from bot.gateway.markup import plain

RULE = "reading_ease"
HIGHEST_GRADE = 8
LONGEST_SENTENCE = 25


def check(content: Content) -> Iterator[Finding]:
    """Yield English texts that somebody with eight years of school, in a second language, would stumble over."""
    for text in content.english:
        if text.kind not in (Kind.ANSWER, Kind.TEXT):
            continue
        reached, long_ones = _read(text.text)
        if reached > HIGHEST_GRADE:
            values = {"grade": f"{reached:.1f}", "highest": HIGHEST_GRADE}
            yield Finding(text.file, text.entry, RULE, "too_hard", values)
        for count, sentence in long_ones:
            values = {"count": count, "most": LONGEST_SENTENCE, "sentence": sentence}
            yield Finding(text.file, text.entry, RULE, "too_long", values)


@kept
def _read(text: str) -> tuple[float, tuple[tuple[int, str], ...]]:
    """Return the school grade, 0 for what is too short to be judged; of each sentence that is too long its words."""
    read = PLACEHOLDER.sub("12", plain(text))
    reached = grade(read) if len(words(read)) >= LEAST_WORDS else 0.0
    counted = ((len(words(sentence)), _begin(sentence)) for sentence in sentences(read))
    return reached, tuple((count, begin) for count, begin in counted if count > LONGEST_SENTENCE)


def _begin(sentence: str) -> str:
    return " ".join(sentence.split()[:6]) + " …"
