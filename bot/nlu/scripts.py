"""What the letters of a message say about its language, before any word is weighed (`locales/languages.yml`)."""

from collections.abc import Collection, Mapping

from bot.languages import LATIN, Language, script_of

AWAY = 0.1  # how much rarer a language is in Latin letters when they are not its own


def by_script(text: str, probabilities: dict[str, float], languages: Mapping[str, Language]) -> dict[str, float]:
    """Rule out the languages that the letters exclude, and share their part among the others."""
    lowered = text.lower()
    script = _main_script(lowered, {language.script for language in languages.values()})
    of_script = {code for code, language in languages.items() if language.script == script}
    told = {letter for code in of_script for letter in languages[code].letters if letter in lowered}
    fitting = {code for code in of_script if told <= languages[code].letters} if told else set()
    if script == LATIN:
        away = dict.fromkeys(languages.keys() - of_script, AWAY)
        return _only(probabilities, fitting) if fitting else _leaning(probabilities, away)
    likelier = {code: language.likelier for code, language in languages.items()}
    return _only(_leaning(probabilities, likelier), fitting or of_script)


def _main_script(text: str, known: Collection[str]) -> str:
    """Return the alphabet of more than half of the letters; Latin where no other one of ours has so many."""
    scripts = [script_of(letter) for letter in text if letter.isalpha()]
    return next((script for script in known if scripts.count(script) * 2 > len(scripts)), LATIN)


def _leaning(probabilities: dict[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    weighted = {code: p * factors.get(code, 1.0) for code, p in probabilities.items()}
    total = sum(weighted.values())
    return {code: p / total for code, p in weighted.items()}


def _only(probabilities: dict[str, float], languages: Collection[str]) -> dict[str, float]:
    kept = {code: p for code, p in probabilities.items() if code in languages}
    total = sum(kept.values())
    return {code: p / total for code, p in kept.items()} if total else probabilities
