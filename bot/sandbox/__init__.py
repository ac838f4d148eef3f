"""A local stand-in for Telegram's Bot API with a browser chat, for `make run` without a token, tests and previews.

Everything is in memory and on loopback. What it does as Telegram does, and what not: docs/sandbox.md.
"""
