"""What a person at the keyboard must be told, in one line."""


class OperatorError(Exception):
    """Something that the operator can mend; the message says what is wrong and what to do, and holds no secret."""
