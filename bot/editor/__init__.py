"""The editors' pages of the staff's console: texts, facts, what was changed. KORPU_CONSOLE_PAGES names this package.

They belong to the bot's side, because they need its rules and its rendering, and use of the console only what it offers
to pages of others: `guard`, `context`, `headers`, its templates, and the permissions.
"""

from bot.editor.pages import COUNTS, PAGES, PLACES

__all__ = ["COUNTS", "PAGES", "PLACES"]
