"""How well the bot understands: measured on messages that it was never trained on."""
