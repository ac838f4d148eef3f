"""What can be done with cases. Every function takes the caller's session and never commits."""
