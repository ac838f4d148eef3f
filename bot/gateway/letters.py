"""How something from a caseworker is shown: a line that says nothing, and the buttons below a reply."""

from uuid import UUID

from bot.i18n import Button, Locales


def notice(locales: Locales, language: str, item_id: UUID) -> tuple[str, list[list[Button]]]:
    """Return a line that says nothing of cases or helpers, and the button that shows what is there."""
    return locales.text("relay_notice", language), [
        [Button(locales.label("btn_show", language), f"read_reply:{item_id.hex}")]
    ]


def reply_rows(locales: Locales, language: str, case_id: UUID) -> list[list[Button]]:
    """Return the buttons below a reply."""
    return [
        [Button(locales.label("btn_write", language), f"write_case:{case_id.hex}")],
        [Button(locales.intent_label("case_status", language), "case_status")],
        [Button(locales.label("btn_exit", language), "quick_exit")],
    ]
