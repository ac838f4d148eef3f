"""Names and places with their endings: Bakı, Bakıda, Bakıdayam; Вера, Веру, Верой; თბილისში.

No grammar is applied. A long word that begins as a name does counts as the name; a short one must go on as an
inflection goes on. To take too much for a name costs a word, to take too little can cost a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.text import folded_words

LONG = 5  # letters from which a name may go on with any ending
LONGEST_ENDING = 6
_TURKIC = re.compile(
    r"(?:lar|ler)?(?:s|n|y)?"
    r"(?:i|u|a|e|in|un|im|um|da|de|ta|te|dan|den|tan|ten|daki|deki|dayam|deyem|dayim|deyim|dadir|dedir|daydi|la|le)?"
    r"(?:li|lu|liyam|liyim|luyam|luyum)?(?:dir|dur|tir|tur|di|du)?s?"
)
_CYRILLIC = re.compile(r"[аеийуыэюяь]|[оеыи][йюмв]|[ая](?:м|х|ми)|ого|ему|ому|ов[иыа]?|ев[иыа]?|ою|ею")
_GEORGIAN = re.compile(r"[იაეოუ]?(?:[სმდთ]|ის|ას|ად|მა|ში|ზე|ით|შია|დან|სგან|სთვის|თან|ელი)?")
_BEFORE = re.compile(r"^(?:وال|فال|بال|كال|لل|ال|و|ف|ب|ل|ك)")
_ARABIC = re.compile(r"ي|ه|ها|هم|نا|ك|م|ت|ش|مان|تان|شان|ام|اي|يه|جان|را|و|ا")
_VOWELS = {"cyrillic": "аеийоуыюяь", "georgian": "იაეოუ"}  # that an ending takes the place of, in a long name
_SHORT_VOWELS = "ая"  # of Вера, Надя
_SCRIPTS = {"cyrillic": ("\u0400", "\u04ff"), "arabic": ("\u0600", "\u06ff"), "georgian": ("\u10a0", "\u10ff")}
_ENDINGS = {"latin": _TURKIC, "cyrillic": _CYRILLIC, "arabic": _ARABIC, "georgian": _GEORGIAN}


@dataclass(frozen=True)
class Forms:
    """Folded stems of one word each; the short ones need an ending to count (вер-а, над-е)."""

    stems: frozenset[str]
    short: frozenset[str]

    @classmethod
    def of(cls, spellings: Iterable[str]) -> "Forms":
        """Return the stems of names as they are written; names of several words are left to a matcher."""
        single = (folded_words(spelling) for spelling in spellings)
        pairs = [(words[0], _stem(words[0])) for words in single if len(words) == 1]
        short = frozenset(stem for word, stem in pairs if stem != word and len(stem) < LONG - 1)
        return cls(frozenset(stem for _word, stem in pairs) - short, short)

    def has(self, word: str) -> bool:
        """Tell whether a folded word is one of them, with or without an ending."""
        return any(self._begins(reading) for reading in _readings(word))

    def _begins(self, word: str) -> bool:
        ends = range(2, len(word) + 1)
        return any(self._is_stem(word[:end], word[end:]) and _goes_on(word[:end], word[end:]) for end in ends)

    def _is_stem(self, stem: str, ending: str) -> bool:
        return stem in self.stems or (bool(ending) and stem in self.short)


def script_of(word: str) -> str:
    """Return the script of a word by its first letter."""
    return next((name for name, (first, last) in _SCRIPTS.items() if first <= word[0] <= last), "latin")


def _stem(word: str) -> str:
    """Return a name without the vowel that its endings take the place of."""
    vowels = _VOWELS.get(script_of(word), "") if len(word) >= LONG else _SHORT_VOWELS
    return word[:-1] if len(word) >= LONG - 1 and word[-1] in vowels else word


def _goes_on(stem: str, ending: str) -> bool:
    script = script_of(stem)
    if not ending:
        return True
    if len(stem) >= LONG and script != "arabic":
        return len(ending) <= LONGEST_ENDING
    return _ENDINGS[script].fullmatch(ending) is not None


def _readings(word: str) -> list[str]:
    """Return a folded word, and an Arabic one also without its article and one-letter prefixes."""
    if script_of(word) != "arabic":
        return [word]
    return [word, bare] if len(bare := _BEFORE.sub("", word)) > 2 else [word]
