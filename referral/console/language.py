"""The console's own languages; PO files are read as they are, without a build step."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import current_app, request, session, url_for
from flask_babel import Domain, get_locale

LANGUAGES = {"az": "Azərbaycanca", "en": "English", "ru": "Русский"}


class Texts(Domain):
    """The console's words in flask_babel's form; `now` returns language → translations as they are at this moment."""

    def __init__(self, now: Callable[[], Mapping[str, NullTranslations]]) -> None:
        super().__init__(domain="console")
        self._now = now

    def get_translations(self) -> NullTranslations:
        """Return the translations of the present request's language."""
        translations = self._now()
        return translations.get(str(get_locale()), translations["en"])


def read_texts(locales: Path) -> dict[str, NullTranslations]:
    """Return language → translations from `<lang>/LC_MESSAGES/console.po`."""
    return {code: _read(locales, code) for code in LANGUAGES}


def choose() -> str:
    """Return the language that the person chose, or the browser's."""
    for chosen in (session.get("language"), request.args.get("lang")):
        if chosen in LANGUAGES:
            return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def way_back() -> str:
    """Return the address to which a change of language leads back; a sent form is never sent again by it."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    adapter = current_app.create_url_adapter(request)
    if adapter is not None and "GET" in adapter.allowed_methods(request.path):
        return request.path
    case_id = (request.view_args or {}).get("case_id")
    return url_for("cases.case", case_id=case_id) if case_id else url_for("queue.home")


def _read(locales: Path, code: str) -> NullTranslations:
    path = locales / code / "LC_MESSAGES" / "console.po"
    if not path.exists():
        return NullTranslations()
    return _translations(path.read_bytes(), code)


@lru_cache(maxsize=16)  # most releases change other words than the console's
def _translations(content: bytes, code: str) -> NullTranslations:
    buffer = BytesIO()
    write_mo(buffer, read_po(BytesIO(content), locale=code))
    buffer.seek(0)
    return Translations(buffer, domain="console")
