"""Who is signed in: the open key lives in this process' memory only, locked with a key that only the cookie holds."""

import secrets
import threading
import time
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from referral.service.staff import SignedIn

IDLE_MINUTES = 30


@dataclass
class _Held:
    signed_in: SignedIn
    box: bytes
    seen: float


class Sessions:
    """Signed-in staff of this process; a restart signs everybody out."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def open(self, signed_in: SignedIn) -> tuple[str, str]:
        """Keep a member of staff; return the session's id and key, both for the cookie."""
        session_id, key = secrets.token_urlsafe(24), secrets.token_bytes(32)
        box = bytes(SecretBox(key).encrypt(signed_in.private_key))
        without = SignedIn(signed_in.staff_id, signed_in.organisation_id, signed_in.login, signed_in.role, b"")
        with self._lock:
            self._drop_idle()
            self._held[session_id] = _Held(without, box, time.monotonic())
        return session_id, key.hex()

    def get(self, session_id: str | None, key: str | None, *, used: bool = True) -> SignedIn | None:
        """Return the member of staff with the key open; None when idle for too long or unknown.

        `used` tells that a person asked: a page that loads itself again does not put off the idle end.
        """
        with self._lock:
            self._drop_idle()
            held = self._held.get(session_id or "")
        if held is None or key is None:
            return None
        try:
            private = bytes(SecretBox(bytes.fromhex(key)).decrypt(held.box))
        except (CryptoError, ValueError):
            return None
        if used:
            held.seen = time.monotonic()
        who = held.signed_in
        return SignedIn(who.staff_id, who.organisation_id, who.login, who.role, private)

    def close(self, session_id: str | None) -> None:
        """Forget a session."""
        with self._lock:
            self._held.pop(session_id or "", None)

    def _drop_idle(self) -> None:
        limit = time.monotonic() - IDLE_MINUTES * 60
        for session_id in [key for key, held in self._held.items() if held.seen < limit]:
            del self._held[session_id]
