"""The staff's web console: sign in, see who waits, claim, read, answer."""
