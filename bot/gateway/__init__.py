"""The Telegram side: updates in, replies out; danger gate, sealing, delivery. It never imports Rasa."""
