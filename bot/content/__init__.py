"""What NGOs own: the sources of the bot's words and the PO files that translators work in."""
