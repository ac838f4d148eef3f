"""Who said something, so that one person counts once, and so that nothing they said can be put together."""

import hashlib
from dataclasses import dataclass, field

PERSON = b"korpu-feedback"  # not that of routes (`crypto/routes.py`) or pseudonyms: the hashes are never the same


@dataclass(frozen=True)
class Person:
    """The chat that something was said in, and the gateway's `index_key`; `repr` shows neither."""

    chat_id: int = field(repr=False)
    index_key: bytes = field(repr=False)

    def about(self, subject: str) -> bytes:
        """Return the keyed hash of this chat and one subject.

        The same person has the same hash for the same subject, and another one for every other: rows tell whether
        somebody said this before, not what else they said.
        """
        content = f"{self.chat_id}\n{subject}".encode()
        return hashlib.blake2b(content, key=self.index_key, person=PERSON, digest_size=32).digest()
