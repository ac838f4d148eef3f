"""Looks at the editors' files again and again, and releases what has no mistake."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from bot.content.live.files import Stamps, stamps_of
from bot.content.live.releases import Releases, Staged
from bot.content.live.state import Refused, State, StateError, read_state, write_state
from bot.content.live.verdict import faults_of
from bot.released import Released

logger = logging.getLogger(__name__)
STILL_SECONDS = 0.5  # so long nobody may have written before a change is believed to be complete
NOTE_SECONDS = 5.0  # between two notes of looks that found nothing new
TRIES_AT_START = 20
Sleep = Callable[[float], None]


class Keeper:
    """The keeper of content. Its deeds are the looks; each of them is complete in itself."""

    def __init__(self, released: Released, *, sleep: Sleep = time.sleep) -> None:
        self._released = released
        self._releases = Releases(released)
        self._sleep = sleep
        self._judged: Stamps | None = None
        self._is_settled = False
        self._noted: dt.datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether the last look came to a verdict, or somebody was still writing."""
        return self._is_settled

    def begin(self) -> State:
        """Mend what a crash left, and judge the files as they are, before the program begins and reads them.

        Return what is so then: without version and refusal if somebody did not stop writing.
        """
        with self._releases.alone():
            self._releases.mend()
        for _try in range(TRIES_AT_START):
            if not self._is_settled:
                self._look(is_read=False)
        return _known(self._released)

    def warm_up(self) -> None:
        """Check what is live, only so that the next check finds most texts judged already."""
        faults_of(self._released.folder())

    def look(self) -> bool:
        """Look once; judge the files if they have changed, and note it. Return whether another release is live now.

        Raise `OSError` when the disk does not do what it must: then nothing has changed.
        """
        before = self._releases.live_version()
        self._look(is_read=True)
        return self._releases.live_version() != before

    def _look(self, *, is_read: bool) -> None:
        self._is_settled = False
        try:
            stamps = stamps_of(self._released.locales_dir)
        except FileNotFoundError:
            return  # somebody has just put another file in the place of one: look again
        if stamps != self._judged:
            self._judge(stamps, is_read=is_read)
            return
        self._is_settled = True
        if self._noted is None or (_now() - self._noted).total_seconds() >= NOTE_SECONDS:
            self._note(_known(self._released))

    def _judge(self, stamps: Stamps, *, is_read: bool) -> None:
        """Judge a copy, so that what was checked is released; meanwhile see whether somebody goes on writing."""
        began = time.monotonic()
        with self._releases.alone():
            try:
                staged = self._releases.stage()
            except FileNotFoundError:
                return
            live = self._releases.live_version()
            if staged.version == live:
                self._settle(stamps, None)
                return
            faults = faults_of(staged.folder, read=self._released.folder() if is_read and live is not None else None)
            self._sleep(max(0.0, STILL_SECONDS - (time.monotonic() - began)))
            if not self._is_still(stamps):
                return  # the next look begins anew
            if faults:
                self._settle(stamps, Refused(staged.version, _now(), faults))
            else:
                self._release(stamps, staged)

    def _release(self, stamps: Stamps, staged: Staged) -> None:
        self._releases.release(staged)
        logger.info("Version %s is live.", staged.version)
        self._settle(stamps, None)

    def _is_still(self, stamps: Stamps) -> bool:
        try:
            return stamps_of(self._released.locales_dir) == stamps
        except FileNotFoundError:
            return False

    def _settle(self, stamps: Stamps, refused: Refused | None) -> None:
        """Note the verdict on these files; they are not judged again until somebody writes."""
        known = _known(self._released)
        if refused is not None and known.refused is not None and known.refused.version == refused.version:
            refused = replace(refused, at=known.refused.at)
        elif refused is not None:
            logger.warning("Version %s is refused: %d mistake(s).", refused.version, len(refused.findings))
        self._note(replace(known, refused=refused))
        self._judged, self._is_settled = stamps, True

    def _note(self, state: State) -> None:
        """Write what is so now. The pointer itself says what is live: a crash may have come before the last note."""
        version, since = self._releases.live_version(), self._releases.since()
        self._noted = _now()
        write_state(self._released.data_dir, replace(state, version=version, since=since, looked=self._noted))


def _known(released: Released) -> State:
    """Return what was noted; a note that cannot be read is made anew."""
    try:
        return read_state(released.data_dir)
    except StateError as error:
        logger.warning("%s", error)
        return State()


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
