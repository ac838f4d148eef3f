"""One pattern of danger, ready to be held against messages."""

from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.gateway.danger.patterns import compile_pattern, keys_of


class Pattern:
    """A pattern; spaCy's matcher of it is made when a message first has one of its words.

    Five thousand matchers at once would take two seconds of every start, in which nobody is answered.
    """

    def __init__(self, pattern: str, vocab: Any) -> None:
        """Read a pattern; raise `PatternError` when it cannot be used."""
        self.keys = keys_of(pattern)
        self._tokens = compile_pattern(pattern)
        self._vocab = vocab
        self._matcher: Matcher | None = None

    def fits(self, doc: Doc) -> bool:
        """Tell whether a message has the pattern."""
        if self._matcher is None:
            matcher = Matcher(self._vocab)
            matcher.add("danger", [self._tokens])
            self._matcher = matcher  # whole, or another thread would see it without its pattern
        return bool(self._matcher(doc))
