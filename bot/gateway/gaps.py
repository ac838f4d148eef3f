"""Questions without an answer: redacted beside the chats, sealed, stored for the editors.

What is kept of a chat is its last question, in memory only, until the answer is said not to have helped, an hour is
over or the chat is wiped. Nothing here may hold up or change a reply: what fails is logged by its kind and let go.
"""

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from bot.gateway.database import in_database
from bot.gateway.sealing import today
from bot.intents import Kind, load_catalogue
from referral.enums import GapKind
from referral.feedback.content_key import read_content_key
from referral.feedback.gaps import NewGap, store_gap
from referral.feedback.person import Person

if TYPE_CHECKING:
    from bot.gateway.conversation import Conversation

logger = logging.getLogger(__name__)
MOST_REMEMBERED = 1000  # chats
REMEMBERED_SECONDS = 3600.0
MOST_WAITING = 50  # questions to be redacted; who floods us must not fill the memory
MOST_A_DAY = 20  # questions of one chat
NOT_OURS = "out_of_scope"  # "I cannot help with that": what we have no examples of is often taken for it
DELICATE = frozenset({"data_delete", "complaint_staff"})
DANGER_SECONDS = 24 * 3600.0  # for so long after a danger card a chat is left alone


@dataclass(frozen=True)
class Question:
    """What somebody asked; `intent` is the answer that they were shown. `repr` leaves the words out."""

    text: str = field(repr=False)
    language: str
    chat_id: int = field(repr=False)
    intent: str | None
    at: float


class Gaps:
    """Take note of questions that got no answer, and of answers that did not help."""

    def __init__(self, engine: Engine, *, data_dir: Path, index_key: bytes) -> None:
        self._engine = engine
        self._data_dir = data_dir
        self._index_key = index_key
        self._last: OrderedDict[str, Question] = OrderedDict()
        self._under_way: dict[asyncio.Task[None], str] = {}
        self._counted: tuple[str, Counter[str]] = ("", Counter())
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gaps")  # spaCy's rules are made there, at first use

    def heard(self, conversation: "Conversation", answer: dict[str, Any]) -> None:
        """Take note of a typed question by what came of it; the caller knows that it was no answer to a question."""
        understood, sender = answer["understood"], conversation.sender
        if understood["intent"] == "not_helpful" and understood["outcome"] == "answer":
            self._settle(conversation, GapKind.UNHELPFUL)
            return
        self._last.pop(sender, None)
        if not may_be_kept(conversation) or is_delicate(understood["intent"]):
            return
        shown = next((m["custom"]["answer"] for m in answer["messages"] if m["custom"].get("answer")), None)
        question = Question(
            text=conversation.incoming.text,
            language=understood["language"] or conversation.language,
            chat_id=conversation.incoming.chat_id,
            intent=shown,
            at=time.monotonic(),
        )
        if understood["outcome"] == "fallback" or understood["intent"] == NOT_OURS:
            self._take(sender, question, GapKind.FALLBACK)
        elif shown is not None or understood["outcome"] == "choose":
            self._remember(sender, question)

    def not_helped(self, conversation: "Conversation", intent: str) -> None:
        """Store the last question of a chat if its answer was this one: the person says that it did not help."""
        question = self._last.get(conversation.sender)
        if question is not None and question.intent == intent:
            self._settle(conversation, GapKind.UNHELPFUL)

    def none_fitted(self, conversation: "Conversation") -> None:
        """Store the last question of a chat: nothing that it may have meant was what the person wanted."""
        question = self._last.get(conversation.sender)
        if question is not None and question.intent is None:
            self._settle(conversation, GapKind.FALLBACK)

    def forget(self, sender: str) -> None:
        """Forget a chat, and store nothing more of what is under way."""
        self._last.pop(sender, None)
        self._counted[1].pop(sender, None)
        for task, of in list(self._under_way.items()):
            if of == sender:
                task.cancel()

    async def drain(self) -> None:
        """Wait until what is under way is stored."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def close(self) -> None:
        """Let go of what is under way."""
        for task in self._under_way:
            task.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _remember(self, sender: str, question: Question) -> None:
        self._last[sender] = question
        oldest = time.monotonic() - REMEMBERED_SECONDS
        while len(self._last) > MOST_REMEMBERED or next(iter(self._last.values())).at < oldest:
            self._last.popitem(last=False)

    def _settle(self, conversation: "Conversation", kind: GapKind) -> None:
        question = self._last.pop(conversation.sender, None)
        if question is None:
            return
        if may_be_kept(conversation) and question.at >= time.monotonic() - REMEMBERED_SECONDS:
            self._take(conversation.sender, question, kind)

    def _take(self, sender: str, question: Question, kind: GapKind) -> None:
        if len(self._under_way) >= MOST_WAITING or not self._counts(sender):
            return
        task = asyncio.create_task(self._store(question, kind))
        self._under_way[task] = sender
        task.add_done_callback(self._done)

    def _counts(self, sender: str) -> bool:
        """Count a question of a chat; False when it has had enough of them today."""
        day = today().isoformat()
        if self._counted[0] != day:
            self._counted = (day, Counter())
        self._counted[1][sender] += 1
        return self._counted[1][sender] <= MOST_A_DAY

    async def _store(self, question: Question, kind: GapKind) -> None:
        loop = asyncio.get_running_loop()
        text = await loop.run_in_executor(self._thread, _redacted, question.text, question.language)
        if text is None:
            return
        key = await loop.run_in_executor(self._thread, read_content_key, self._data_dir)
        await in_database(
            self._engine,
            store_gap,
            person=Person(question.chat_id, self._index_key),
            gap=NewGap(question.language, kind, text, question.intent),
            content_key=key,
            day=today(),
        )

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("A question without an answer was not stored (%s).", type(error).__name__)


def is_delicate(intent: str) -> bool:
    """Tell whether a message may have meant danger, a way out, a complaint of staff, or to delete everything."""
    found = load_catalogue().by_name.get(intent)
    return intent in DELICATE or (found is not None and found.kind is Kind.SAFETY)


def may_be_kept(conversation: "Conversation") -> bool:
    """Tell whether a chat is in no danger and in no intake."""
    chat = conversation.chat
    return conversation.finding is None and chat.intake is None and time.time() - chat.danger_at > DANGER_SECONDS


def _redacted(text: str, language: str) -> str | None:
    """Redact on the thread; the rules and words of a language are read when somebody asks in it for the first time."""
    from bot.gaps.redact import redact

    return redact(text, language)
