"""Who may do what in PostgreSQL: roles, rights and row level security, from one table (`rights.py`)."""
