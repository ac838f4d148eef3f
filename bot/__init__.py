"""Körpü's bot: the Telegram gateway, the dialogue actions and the Rasa components."""
