"""What the letters of a message say about its language, before any word is weighed."""

SCRIPTS = (
    ({"ru", "uk"}, "\u0400", "\u04ff"),
    ({"fa", "ar"}, "\u0600", "\u06ff"),
    ({"ka"}, "\u10a0", "\u10ff"),
)
OWN_LETTERS = {"uk": set("іїєґ"), "ru": set("ыэъё"), "fa": set("پچژگ")}
AWAY = 0.1  # how much rarer a language is in another alphabet than its own
_AWAY = dict.fromkeys(set().union(*(script for script, _first, _last in SCRIPTS)), AWAY)
RUSSIAN = 2.0  # how much more of what is Cyrillic and could be either is Russian


def by_script(text: str, probabilities: dict[str, float]) -> dict[str, float]:
    """Rule out the languages that the letters exclude, and share their part among the others."""
    lowered = text.lower()
    letters = [letter for letter in lowered if letter.isalpha()]
    for script, first, last in SCRIPTS:
        if sum(first <= letter <= last for letter in letters) * 2 > len(letters):
            telling = {code for code in script if set(lowered) & OWN_LETTERS.get(code, set())}
            return _only(_leaning(probabilities, {"ru": RUSSIAN}), telling if len(telling) == 1 else script)
    if "ə" in lowered:
        return _only(probabilities, {"az"})
    return _leaning(probabilities, _AWAY)


def _leaning(probabilities: dict[str, float], factors: dict[str, float]) -> dict[str, float]:
    weighted = {code: p * factors.get(code, 1.0) for code, p in probabilities.items()}
    total = sum(weighted.values())
    return {code: p / total for code, p in weighted.items()}


def _only(probabilities: dict[str, float], languages: set[str]) -> dict[str, float]:
    kept = {code: p for code, p in probabilities.items() if code in languages}
    total = sum(kept.values())
    return {code: p / total for code, p in kept.items()} if total else probabilities
