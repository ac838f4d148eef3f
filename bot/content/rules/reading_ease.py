"""Reading ease of the English source: school grade by Flesch and Kincaid, and the longest sentence."""

from collections.abc import Iterator

from bot.content.content import Content, Kind
from bot.content.finding import Finding
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
        read = PLACEHOLDER.sub("12", plain(text.text))
        reached = grade(read)
        if len(words(read)) >= LEAST_WORDS and reached > HIGHEST_GRADE:
            values = {"grade": f"{reached:.1f}", "highest": HIGHEST_GRADE}
            yield Finding(text.file, text.entry, RULE, "too_hard", values)
        for sentence in sentences(read):
            if len(words(sentence)) > LONGEST_SENTENCE:
                values = {"count": len(words(sentence)), "most": LONGEST_SENTENCE, "sentence": _begin(sentence)}
                yield Finding(text.file, text.entry, RULE, "too_long", values)


def _begin(sentence: str) -> str:
    return " ".join(sentence.split()[:6]) + " …"
