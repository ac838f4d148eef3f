"""The gateway's own small memory: which updates are done, where each chat stands, which codes were tried.

Chats are known by their pseudonym only. What could tell something about a person (the open intake) is encrypted with
the gateway's key. Nothing here is a case, and nothing here can open one.
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nacl.secret import Aead

SEEN_DAYS = 7  # Telegram may begin its numbers anew after a week without updates
MESSAGE_HOURS = 48  # Telegram lets a bot delete nothing older
CHAT_DAYS = 30
QUESTION_DAYS = 15  # a question for consent ends after fourteen
MOST_QUESTIONS = 8  # of one chat
TRY_SECONDS = 3600.0  # after this an hour of wrong codes is forgotten
HOUR, DAY = 3600.0, 86_400.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (update_id INTEGER PRIMARY KEY, stage TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chat (sender TEXT PRIMARY KEY, box BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS message (
    sender TEXT NOT NULL, message_id INTEGER NOT NULL, at REAL NOT NULL, PRIMARY KEY (sender, message_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS question (
    sender TEXT NOT NULL, request TEXT NOT NULL, box BLOB NOT NULL, at REAL NOT NULL, PRIMARY KEY (sender, request)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS code_try (sender TEXT PRIMARY KEY, tries INTEGER NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (update_id INTEGER PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;
"""


def _coarse(step: float) -> float:
    """Return the present moment, rounded down.

    The audit log knows the minute of a deed. If this file knew it too, a request that is bound to a code only could be
    found to be this chat's.
    """
    return time.time() // step * step


@dataclass
class Chat:
    """Where one chat stands; `wordings` are the consents that were shown, by the number of their message.

    `wrong_below` is the answer of which the person was asked which number does not work.
    """

    language: str | None = None
    chosen: bool = False
    expect: str | None = None
    intake: dict[str, Any] | None = None
    pending: dict[str, Any] | None = None
    danger_at: float = 0.0
    wordings: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong_below: str | None = None


class State:
    """A SQLite file; each method is one short transaction."""

    def __init__(self, path: Path, key: bytes) -> None:
        path.touch(mode=0o600, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000;"
        )
        self._db.executescript(_SCHEMA)
        self._aead = Aead(key)

    def close(self) -> None:
        """Empty the write-ahead log and close the file."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    def stage(self, update_id: int) -> str | None:
        """Return how far an update came: `gated` (danger card shown), `announced` (code told), `done`, or None."""
        row = self._db.execute("SELECT stage FROM seen WHERE update_id = ?", (update_id,)).fetchone()
        return row[0] if row else None

    def set_stage(self, update_id: int, stage: str) -> None:
        """Note how far an update came."""
        self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", (update_id, stage, _coarse(DAY)))

    def keep(self, update_id: int, content: str) -> None:
        """Keep an update that Telegram is about to forget, encrypted, until it is handled."""
        box = bytes(self._aead.encrypt(content.encode(), str(update_id).encode()))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (update_id, box))

    def kept(self) -> list[str]:
        """Return the updates that were kept, the oldest first."""
        rows = self._db.execute("SELECT update_id, box FROM kept ORDER BY update_id").fetchall()
        return [self._aead.decrypt(box, str(update_id).encode()).decode() for update_id, box in rows]

    def drop(self, update_id: int) -> None:
        """Forget an update that was kept."""
        self._db.execute("DELETE FROM kept WHERE update_id = ?", (update_id,))

    def chat(self, sender: str) -> Chat:
        """Return where a chat stands; a new one for a chat that is not known."""
        row = self._db.execute("SELECT box FROM chat WHERE sender = ?", (sender,)).fetchone()
        if row is None:
            return Chat()
        return Chat(**json.loads(self._aead.decrypt(row[0], sender.encode())))

    def save(self, sender: str, chat: Chat) -> None:
        """Keep where a chat stands."""
        box = bytes(self._aead.encrypt(json.dumps(chat.__dict__).encode(), sender.encode()))
        self._db.execute("INSERT OR REPLACE INTO chat VALUES (?, ?, ?)", (sender, box, _coarse(DAY)))

    def note_message(self, sender: str, message_id: int) -> None:
        """Remember a message of either side, so that it can be wiped."""
        self._db.execute("INSERT OR IGNORE INTO message VALUES (?, ?, ?)", (sender, message_id, _coarse(HOUR)))

    def messages(self, sender: str) -> list[int]:
        """Return the messages of the last 48 hours of a chat."""
        limit = _coarse(HOUR) - MESSAGE_HOURS * HOUR
        rows = self._db.execute(
            "SELECT message_id FROM message WHERE sender = ? AND at >= ? ORDER BY message_id", (sender, limit)
        )
        return [row[0] for row in rows]

    def keep_question(self, sender: str, request: str, content: str) -> None:
        """Keep a question for consent until it is answered, encrypted; of too many the oldest goes."""
        box = bytes(self._aead.encrypt(content.encode(), f"{sender} {request}".encode()))
        with self._transaction():
            row = (sender, request, box, _coarse(DAY))
            self._db.execute("INSERT OR REPLACE INTO question VALUES (?, ?, ?, ?)", row)
            self._db.execute(
                "DELETE FROM question WHERE sender = ?1 AND request NOT IN "
                "(SELECT request FROM question WHERE sender = ?1 ORDER BY at DESC LIMIT ?2)",
                (sender, MOST_QUESTIONS),
            )

    def question(self, sender: str, request: str) -> str | None:
        """Return a question that was put to this chat and is not answered."""
        query = "SELECT box FROM question WHERE sender = ? AND request = ?"
        row = self._db.execute(query, (sender, request)).fetchone()
        return None if row is None else self._aead.decrypt(row[0], f"{sender} {request}".encode()).decode()

    def drop_question(self, sender: str, request: str) -> None:
        """Forget a question that is answered."""
        self._db.execute("DELETE FROM question WHERE sender = ? AND request = ?", (sender, request))

    def code_tries(self, sender: str) -> tuple[int, float]:
        """Return how many wrong codes a chat has tried, and when it tried the last one."""
        row = self._db.execute("SELECT tries, at FROM code_try WHERE sender = ?", (sender,)).fetchone()
        return row or (0, 0.0)

    def note_code_tries(self, sender: str, tries: int, at: float) -> None:
        """Note how many wrong codes a chat has tried."""
        self._db.execute("INSERT OR REPLACE INTO code_try VALUES (?, ?, ?)", (sender, tries, at))

    def forget(self, sender: str) -> None:
        """Delete everything about a chat but how many wrong codes it has tried: wiping must not make guessing free."""
        with self._transaction():
            self._db.execute("DELETE FROM chat WHERE sender = ?", (sender,))
            self._db.execute("DELETE FROM message WHERE sender = ?", (sender,))
            self._db.execute("DELETE FROM question WHERE sender = ?", (sender,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def purge(self) -> None:
        """Delete what is too old to be of use."""
        now = time.time()
        with self._transaction():
            self._db.execute("DELETE FROM seen WHERE at < ?", (now - SEEN_DAYS * DAY,))
            self._db.execute("DELETE FROM message WHERE at < ?", (now - MESSAGE_HOURS * 3600,))
            self._db.execute("DELETE FROM chat WHERE at < ?", (now - CHAT_DAYS * DAY,))
            self._db.execute("DELETE FROM question WHERE at < ?", (now - QUESTION_DAYS * DAY,))
            self._db.execute("DELETE FROM code_try WHERE at < ?", (now - TRY_SECONDS,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
