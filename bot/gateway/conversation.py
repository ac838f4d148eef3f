"""One message of one person, from its arrival to the last reply.

The order is a safety rule: the danger gate reads first, then come the ways out, and only then the dialogue.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.doubted import with_caution
from bot.gateway.callbacks import open_payload
from bot.gateway.context import Gateway
from bot.gateway.danger import Finding
from bot.gateway.exit import quick_exit
from bot.gateway.feedback import FEEDBACK, take_feedback
from bot.gateway.incoming import Incoming, InputKind
from bot.gateway.languages import offer_languages, set_language, start
from bot.gateway.replies import show
from bot.gateway.sealing import today
from bot.gateway.state import Chat
from bot.gateway.steps import OLD_BUTTONS, along
from bot.gateway.typed import seal_answer, send_message, text_of, try_code
from bot.gateway.waiting import show_all, show_item
from bot.i18n import SOURCE_LANGUAGE, Button
from bot.intents import Payload
from referral import CONSENT_DAYS
from referral.crypto import CodeKeys, looks_like_code, route_tag

FIRST_LANGUAGE = "az"
COMMAND_PAYLOADS = {"menu": "menu", "status": "case_status", "privacy": "privacy", "delete": "data_delete"}
WORD_PAYLOADS = {"cancel": "intake_cancel", "skip": "skip", "back": "intake_back"}
FORM_PAYLOADS = frozenset(
    {"choose", "skip", "consent_give", "consent_refuse", "intake_back", "intake_next", "intake_change"}
    | {"intake_cancel", "referral_send", "withdraw_yes", "erase_yes", "delete_all", "write_cancel"}
    | {"unshare_yes", "consent_yes", "consent_no", "link_chat", "oncall_stop", "read_reply"}
)
STATUS = frozenset({"case_status", "case_withdraw"})


@dataclass
class Conversation:
    """Handle one incoming message; `chat` is saved by the caller's steps as soon as something changes."""

    gateway: Gateway
    incoming: Incoming
    sender: str
    chat: Chat
    finding: Finding | None = None

    @property
    def language(self) -> str:
        """Return the language in which the gateway itself speaks to the person."""
        hint = self.gateway.locales.from_hint(self.incoming.hint)
        return self.chat.language or hint or FIRST_LANGUAGE

    @property
    def leaves(self) -> bool:
        """Tell whether the person wipes the chat by command, button or a word that is the whole message."""
        match self.incoming.kind:
            case InputKind.COMMAND:
                return self.incoming.command == "exit"
            case InputKind.TEXT:
                return self.gateway.words.meaning(self.incoming.text) == "quick_exit"
            case InputKind.BUTTON:
                payload = self._pressed()
                return payload is not None and payload.intent == "quick_exit"
            case _:
                return False

    async def handle(self) -> None:
        """Answer; raise `RasaUnavailable` when the message has to wait."""
        if self.finding is not None:
            self.chat.danger_at = time.time()
        if self.leaves:
            await quick_exit(self)
            return
        if self.gateway.state.stage(self.incoming.update_id) == "announced":
            self.announced()
            self.save()
            return
        match self.incoming.kind:
            case InputKind.BUTTON:
                await self._button()
            case InputKind.COMMAND:
                await self._command()
            case InputKind.TEXT:
                await self._text()
            case InputKind.EDITED:
                await self.say("input_edited")
            case kind:
                await self.say(f"input_{kind.value}")
        self.save()

    @property
    def asks_for_what_waits(self) -> bool:
        """Tell whether the person presses the button below a notice, which the gateway answers by itself, at once."""
        payload = self._pressed() if self.incoming.kind is InputKind.BUTTON else None
        return payload is not None and payload.intent == "read_reply"

    async def show_what_waits(self) -> None:
        """Show what the pressed button of a notice stands for; leaves what the chat is at as it is."""
        payload = self._pressed()
        if payload is not None and payload.value is not None:
            await show_item(self, UUID(hex=payload.value))
            await self._drop_buttons()

    async def say(self, name: str, *, language: str | None = None, **values: object) -> None:
        """Say one of the gateway's own texts; in an open form no button of it begins another one."""
        spoken = language or self.language
        locales = self.gateway.locales
        rows = locales.buttons(name, spoken)
        if self.chat.intake is not None:
            rows = locales.going_on(rows, spoken)
        text, source = locales.text(name, spoken, **values), locales.dialogue[name]["text"]
        doubted = self.gateway.doubts.facts
        await self.send(with_caution(locales, text, source=source, language=spoken, doubted=doubted), rows)

    async def send(self, text: str, rows: Sequence[Sequence[Button]] = ()) -> int | None:
        """Send a text to the person; return its message's number."""
        return await self.gateway.sender.say(self.incoming.chat_id, self.sender, text, rows)

    def announced(self) -> None:
        """Note that the person has their code, so that a crash after this point cannot announce without it."""
        self.gateway.state.set_stage(self.incoming.update_id, "announced")
        self.chat.pending = self.chat.intake = None

    def save(self) -> None:
        """Keep where the chat stands."""
        self.gateway.state.save(self.sender, self.chat)

    async def turn(
        self, kind: str, text: str, metadata: dict[str, Any], *, code: CodeKeys | None = None
    ) -> dict[str, Any]:
        """Run one turn of the dialogue and show what comes back; raise `RasaUnavailable`.

        `code` are the keys of a code that this message holds: they open what waits under it.
        """
        answer = await self.gateway.rasa.message(
            sender=self.sender,
            message_id=f"tg-{self.incoming.update_id}",
            kind=kind,
            text=text,
            metadata=self._metadata() | metadata,
        )
        self._learn_language(kind, answer)
        await show(self, answer, code=code)
        understood = answer["understood"]
        if understood["intent"] in STATUS and understood["outcome"] == "answer":
            await show_all(self)
        return answer

    async def _button(self) -> None:
        payload = self._pressed()
        if payload is None:
            await self.say("button_old")
        elif payload.intent == "language":
            await set_language(self, str(payload.value))
        elif payload.intent in FEEDBACK:
            await take_feedback(self, payload)
        else:
            await self._step(payload)
            if payload.intent == "none_of_these":
                self.gateway.gaps.none_fitted(self)
            if payload.intent in FORM_PAYLOADS:
                await self._drop_buttons()

    async def _drop_buttons(self) -> None:
        if self.incoming.message_id is not None:
            await self.gateway.sender.drop_buttons(self.incoming.chat_id, self.incoming.message_id)

    def _pressed(self) -> Payload | None:
        return open_payload(self.incoming.text, sender=self.sender, key=self.gateway.keys.callback_key)

    async def _command(self) -> None:
        name = self.incoming.command
        if name == "start":
            await start(self)
        elif name == "help":
            await self.say("help")
        elif name == "language":
            await offer_languages(self)
        else:
            await self._step(Payload(COMMAND_PAYLOADS[name]))

    async def _text(self) -> None:
        text = self.incoming.text
        meaning = self.gateway.words.meaning(text)
        expect = self.chat.expect or ""
        if self.chat.intake is not None and meaning in WORD_PAYLOADS:
            await self._step(Payload(WORD_PAYLOADS[meaning]))
        elif expect.startswith("message:") and meaning == "cancel":
            await self._step(Payload("write_cancel"))
        elif looks_like_code(text) and not expect.startswith("sealed:"):
            await try_code(self)
        elif expect.startswith("sealed:"):
            await seal_answer(self, expect.removeprefix("sealed:"))
        elif expect.startswith("message:"):
            await send_message(self, expect)
        else:
            asks = self.chat.expect is None and self.chat.intake is None
            answer = await self.turn("text", text, {})
            if asks:
                self.gateway.gaps.heard(self, answer)

    async def _step(self, payload: Payload) -> None:
        metadata = along(self, payload)
        if metadata is None:
            await self.say(OLD_BUTTONS[payload.intent])
        else:
            await self.turn("payload", str(payload), metadata)

    def _metadata(self) -> dict[str, Any]:
        proven = self.gateway.codes.proven(self.sender)
        organisation = self.gateway.organisation
        return {
            "language": self.chat.language,
            "hint": self.gateway.locales.from_hint(self.incoming.hint),
            "danger": self.finding.danger.value if self.finding else None,
            "intake": self.chat.intake is not None,
            "closed": not organisation.takes_requests(today=today()),
            "route_tag": text_of(route_tag(self.incoming.chat_id, index_key=self.gateway.keys.index_key)),
            **({"code_tag": text_of(proven.keys.tag)} if proven else {}),
            "organisation": organisation.name,
            "retention_days": organisation.retention_days,
            "consent_days": CONSENT_DAYS,
            "doubted": sorted(self.gateway.doubts.facts),
        }

    def _learn_language(self, kind: str, answer: dict[str, Any]) -> None:
        understood = answer["understood"]
        if kind == "text" and self.chat.language is None and understood["language"] is not None:
            self.chat.language = understood["language"]
        elif self.chat.language is None:
            self.chat.language = self.gateway.locales.from_hint(self.incoming.hint) or SOURCE_LANGUAGE
