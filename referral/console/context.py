"""What every page needs: the database, the organisation, and the sessions of who is signed in."""

import threading
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import Engine

from referral.console.sessions import Sessions
from referral.published import PublicFile
from referral.service.trust import Trust

NAME = "korpu"


@dataclass(frozen=True)
class Console:
    """One console; kept in the application's extensions."""

    engine: Engine
    public: PublicFile
    sessions: Sessions = field(default_factory=Sessions)
    sign_in_turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def trust(self) -> Trust:
        """Return the signed list of keys, by which signatures and colleagues' keys are judged."""
        return Trust(self.public.manifest)


def console() -> Console:
    """Return the console of the present request."""
    found: Console = current_app.extensions[NAME]
    return found
