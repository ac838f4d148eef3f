"""What every page needs: the database, the signed list of keys, the directory, and who is signed in."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine

from referral.console.key_list import KeyList
from referral.console.sessions import Sessions
from referral.console.shown import Shown
from referral.directory import Directory
from referral.published import PublicFile
from referral.released import Followed
from referral.service.trust import Trust

NAME = "korpu"


@dataclass(frozen=True)
class Console:
    """One console; kept in the application's extensions. `shown` is what it has of the editors' files."""

    engine: Engine
    data_dir: Path
    keys: KeyList
    shown: Followed[Shown]
    sessions: Sessions = field(default_factory=Sessions)
    sign_in_turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def directory(self) -> Directory:
        """Return the directory of providers as it is now."""
        return self.shown.current().directory

    @property
    def wordings(self) -> frozenset[str]:
        """Return the present versions of the consent's words."""
        return self.shown.current().wordings

    @property
    def public(self) -> PublicFile:
        """Return the signed list of keys as it is now."""
        return self.keys.current()

    @property
    def trust(self) -> Trust:
        """Return the signed list of keys, by which signatures and colleagues' keys are judged."""
        return Trust(self.public.manifest)


def console() -> Console:
    """Return the console of the present request."""
    found: Console = current_app.extensions[NAME]
    return found
