"""A badge of a language: an SVG that says in words how much is translated and how much somebody has read.

The words carry everything; the colour only repeats them. A screen reader reads title and description.
"""

from html import escape

from babel import Locale

from bot.content.report.figures import OfLanguage
from bot.i18n import SOURCE_LANGUAGE

HEIGHT, PAD, LETTER = 24, 9, 6.7  # units of the picture; the last is a letter's mean width at 12 units
NAME, INCOMPLETE, UNREAD, READ = "#3d4852", "#a3161d", "#7a4f00", "#1c6b3c"  # white on each: contrast 5.9 or more


def badge(of: OfLanguage) -> str:
    """Return the badge of a language; the same figures give the same bytes."""
    name, words = english_name(of.language), _words(of)
    left, right = _width(name), _width(words)
    title, description = escape(f"{name}: {words}"), escape(_description(of))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" '
        f'viewBox="0 0 {left + right} {HEIGHT}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{title}</title>\n<desc id="desc">{description}</desc>\n'
        f'<clipPath id="round"><rect width="{left + right}" height="{HEIGHT}" rx="4"/></clipPath>\n'
        f'<g clip-path="url(#round)"><rect width="{left}" height="{HEIGHT}" fill="{NAME}"/>'
        f'<rect x="{left}" width="{right}" height="{HEIGHT}" fill="{_colour(of)}"/></g>\n'
        '<g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="12">'
        f"{_text(name, 0, left)}{_text(words, left, right)}</g>\n</svg>\n"
    )


def english_name(language: str) -> str:
    """Return the name of a language in English."""
    return str(Locale.parse(language).get_display_name("en"))


def _words(of: OfLanguage) -> str:
    first = "source" if of.language == SOURCE_LANGUAGE else f"{share(of.translated, of.texts)} translated"
    drafted = "" if of.read == of.texts else " by machine"
    return f"{first}{drafted}, {share(of.read, of.texts)} read by a native"


def _description(of: OfLanguage) -> str:
    if of.language == SOURCE_LANGUAGE:
        return f"All {of.texts} texts were drafted by a machine. No reading of the source by a native speaker is noted."
    drafts = of.translated - of.read
    return (
        f"{of.translated} of {of.texts} texts are translated. {drafts} of them are drafts by a machine that no native "
        f"speaker has read, {of.read} have been read by one."
    )


def share(part: int, whole: int) -> str:
    """Return a share as a percentage that never says all or nothing when it is not so."""
    if 0 < part < whole:
        return f"{min(max(100 * part // whole, 1), 99)} %"
    return "100 %" if part else "0 %"


def _colour(of: OfLanguage) -> str:
    if of.translated < of.texts:
        return INCOMPLETE
    return READ if of.read == of.texts else UNREAD


def _width(words: str) -> int:
    return round(len(words) * LETTER) + 2 * PAD


def _text(words: str, start: int, width: int) -> str:
    return f'<text x="{start + PAD}" y="16.5" textLength="{width - 2 * PAD}">{escape(words)}</text>'
