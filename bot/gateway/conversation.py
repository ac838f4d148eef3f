"""One message of one person, from its arrival to the last reply.

The order is a safety rule: the danger gate reads first, then come the ways out, and only then the dialogue.
"""

import base64
import logging
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.gateway.callbacks import open_payload
from bot.gateway.context import Gateway
from bot.gateway.danger import Finding
from bot.gateway.exit import quick_exit
from bot.gateway.genuine import key_of_case
from bot.gateway.incoming import Incoming, InputKind
from bot.gateway.replies import show
from bot.gateway.sealing import begin_intake, build_submission, seal_message, seal_typed, today
from bot.gateway.state import Chat
from bot.i18n import SOURCE_LANGUAGE
from bot.intents import Payload
from referral import field_to_json
from referral.crypto import looks_like_code, parse_code, route_tag
from referral.errors import ForgedRecord

logger = logging.getLogger(__name__)
FIRST_LANGUAGE = "az"
DANGER_HOURS = 24
CONCERN_TOPICS = frozenset({"trafficking", "violence"})
COMMAND_PAYLOADS = {"menu": "menu", "status": "case_status", "privacy": "privacy", "delete": "data_delete"}
WORD_PAYLOADS = {"cancel": "intake_cancel", "skip": "skip", "back": "intake_back"}
FORM_PAYLOADS = frozenset(
    {"choose", "skip", "consent_give", "consent_refuse", "intake_back", "intake_next", "intake_change"}
    | {"intake_cancel", "referral_send", "withdraw_yes", "erase_yes", "delete_all", "write_cancel"}
)


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

    async def say(self, name: str, *, language: str | None = None, **values: object) -> None:
        """Say one of the gateway's own texts."""
        spoken = language or self.language
        locales = self.gateway.locales
        text = locales.text(name, spoken, **values)
        await self.gateway.sender.say(self.incoming.chat_id, self.sender, text, locales.buttons(name, spoken))

    def announced(self) -> None:
        """Note that the person has their code, so that a crash after this point cannot announce without it."""
        self.gateway.state.set_stage(self.incoming.update_id, "announced")
        self.chat.pending = self.chat.intake = None

    def save(self) -> None:
        """Keep where the chat stands."""
        self.gateway.state.save(self.sender, self.chat)

    async def _button(self) -> None:
        payload = self._pressed()
        if payload is None:
            await self.say("button_old")
        elif payload.intent == "language":
            await self._set_language(str(payload.value))
        else:
            await self._step(payload)
            if payload.intent in FORM_PAYLOADS and self.incoming.message_id is not None:
                await self.gateway.sender.drop_buttons(self.incoming.chat_id, self.incoming.message_id)

    def _pressed(self) -> Payload | None:
        return open_payload(self.incoming.text, sender=self.sender, key=self.gateway.keys.callback_key)

    async def _command(self) -> None:
        name = self.incoming.command
        if name == "start":
            await self._start()
        elif name == "help":
            await self.say("help")
        elif name == "language":
            await self._offer_languages()
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
            await self._code(text)
        elif expect.startswith("sealed:"):
            await self._seal(expect.removeprefix("sealed:"))
        elif expect.startswith("message:"):
            await self._message(expect)
        else:
            await self._turn("text", text, {})

    async def _start(self) -> None:
        if not self.chat.chosen:
            await self._offer_languages(first=True)
        await self.say("welcome")

    async def _offer_languages(self, *, first: bool = False) -> None:
        locales = self.gateway.locales
        rows = locales.language_rows("language:")
        if first:
            text = "\n".join(f"🌐 {locales.text('choose_language', code)}" for code in locales.languages)
        else:
            text = locales.text("language_ask", self.language)
        await self.gateway.sender.say(self.incoming.chat_id, self.sender, text, rows)

    async def _set_language(self, code: str) -> None:
        if code not in self.gateway.locales.languages:
            await self.say("button_old")
            return
        first = not self.chat.chosen
        self.chat.language, self.chat.chosen = code, True
        self.save()
        await self.say("language_set")
        if self.chat.intake is not None:
            await self._step(Payload("show_language", "kept"))
        elif first:
            await self.say("welcome")

    async def _step(self, payload: Payload) -> None:
        metadata: dict[str, Any] = {}
        if payload.intent == "referral_send":
            submission = await self._submission()
            if submission is not None:
                metadata["submission"] = submission
        await self._turn("payload", str(payload), metadata)

    async def _seal(self, field: str) -> None:
        if self.chat.intake is None:
            self.chat.intake = begin_intake(self.gateway.organisation)
        envelope = seal_typed(self.chat.intake, field=field, text=self.incoming.text, keys=self.gateway.keys)
        await self._turn("payload", "sealed", {"sealed": {"field": field, "envelope": envelope}})

    async def _message(self, expect: str) -> None:
        _, case, address = expect.split(":")
        update_id = self.incoming.update_id
        try:
            key = self._key_of_case(UUID(hex=case), address)
        except ForgedRecord as error:
            logger.error("A message was not sealed: %s", error)
            await self.say("request_gone")
            return
        field = seal_message(
            case_id=UUID(hex=case),
            public_key=key,
            update_id=update_id,
            text=self.incoming.text,
            keys=self.gateway.keys,
        )
        message = {
            "case_id": case,
            "message_id": f"tg-{update_id}",
            "field": field_to_json(field),
            "day": today().isoformat(),
        }
        await self._turn("payload", "case_message", {"message": message})

    def _key_of_case(self, case_id: UUID, address: str) -> bytes:
        return key_of_case(
            case_id,
            address,
            chat_id=self.incoming.chat_id,
            code=self.gateway.codes.proven(self.sender),
            keys=self.gateway.keys,
            manifest=self.gateway.organisation.manifest,
        )

    async def _code(self, text: str) -> None:
        code = parse_code(text)
        if code is None:
            await self.say("code_unknown")
            self.chat.expect = "code"
            return
        keys = await self.gateway.codes.derive(self.sender, code)
        if keys is None:
            await self.say("code_too_often")
            return
        answer = await self._turn("payload", "status_code", {"code_tag": _tag(keys.tag)}, private_key=keys.private_key)
        if any(message["custom"].get("case") for message in answer["messages"]):
            self.gateway.codes.remember(self.sender, keys)

    async def _submission(self) -> dict[str, Any] | None:
        """Return the referral to be opened, built once and kept until it is announced, so that a retry is the same."""
        pending = self.chat.pending
        if pending is None or self.chat.intake is None:
            return None
        if "built" not in pending:
            recent = time.time() - self.chat.danger_at < DANGER_HOURS * 3600
            concern = pending["choices"].get("topic") in CONCERN_TOPICS
            locales = self.gateway.locales
            pending["built"] = build_submission(
                self.chat.intake,
                pending,
                update_id=self.incoming.update_id,
                chat_id=self.incoming.chat_id,
                language=self.language,
                urgency="danger" if recent else "concern" if concern else "normal",
                wording={
                    "version": str(locales.dialogue["ask_consent"]["version"]),
                    "text": locales.text("ask_consent", self.language, **self._values()),
                },
                keys=self.gateway.keys,
                organisation=self.gateway.organisation,
            )
            self.save()
        submission: dict[str, Any] = pending["built"]["submission"]
        return submission

    async def _turn(
        self, kind: str, text: str, metadata: dict[str, Any], *, private_key: bytes | None = None
    ) -> dict[str, Any]:
        """Run one turn of the dialogue and show what comes back; raise `RasaUnavailable`."""
        proven = self.gateway.codes.proven(self.sender)
        answer = await self.gateway.rasa.message(
            sender=self.sender,
            message_id=f"tg-{self.incoming.update_id}",
            kind=kind,
            text=text,
            metadata={
                "language": self.chat.language,
                "hint": self.gateway.locales.from_hint(self.incoming.hint),
                "danger": self.finding.danger.value if self.finding else None,
                "intake": self.chat.intake is not None,
                "route_tag": _tag(route_tag(self.incoming.chat_id, index_key=self.gateway.keys.index_key)),
                **({"code_tag": _tag(proven.tag)} if proven else {}),
                **self._values(),
                **metadata,
            },
        )
        self._learn_language(kind, answer)
        await show(self, answer, private_key=private_key)
        return answer

    def _values(self) -> dict[str, Any]:
        organisation = self.gateway.organisation
        return {"organisation": organisation.name, "retention_days": organisation.retention_days}

    def _learn_language(self, kind: str, answer: dict[str, Any]) -> None:
        understood = answer["understood"]
        if kind == "text" and self.chat.language is None and understood["language"] is not None:
            self.chat.language = understood["language"]
        elif self.chat.language is None:
            self.chat.language = self.gateway.locales.from_hint(self.incoming.hint) or SOURCE_LANGUAGE


def _tag(tag: bytes) -> str:
    return base64.urlsafe_b64encode(tag).decode()
