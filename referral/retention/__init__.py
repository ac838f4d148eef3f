"""What goes by itself, and when: the janitor, which holds no key."""
