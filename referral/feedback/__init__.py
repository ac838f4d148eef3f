"""What readers say of the answers: whether they helped, which numbers do not work, which questions have none.

Nothing here is about a case, and nothing of it belongs to an organisation: the answers are everybody's.
"""
