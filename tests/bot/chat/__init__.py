"""A chat in one process: our gateway, our actions, our texts and a real database; Telegram and Rasa's core stand in."""
