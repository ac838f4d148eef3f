"""Rasa graph components: which language, which intent, and what follows from it."""
