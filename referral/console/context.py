"""What every page needs: the database, the signed list of keys, the directory, and who is signed in."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine

from referral.console.extension import Counts, Place
from referral.console.key_list import KeyList
from referral.console.sessions import Sessions
from referral.console.shown import Shown
from referral.directory import Directory
from referral.feedback.private_key import read_private_content_key
from referral.published import PublicFile
from referral.released import Followed
from referral.service.trust import Trust

NAME = "korpu"


@dataclass(frozen=True)
class Console:
    """One console; kept in the application's extensions.

    `locales` is the folder of the editors' files, `shown` what is released of them, `places` where the pages of other
    packages are, `counts` how many things wait at these.
    """

    engine: Engine
    data_dir: Path
    keys: KeyList
    shown: Followed[Shown]
    locales: Path
    places: tuple[Place, ...] = ()
    counts: Counts = field(default_factory=dict)
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

    @property
    def content_key(self) -> bytes:
        """Return the key that opens questions without an answer; raise `FileNotFoundError` without one."""
        return read_private_content_key(self.data_dir)


def console() -> Console:
    """Return the console of the present request."""
    found: Console = current_app.extensions[NAME]
    return found
