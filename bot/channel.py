"""Rasa's side of the bridge to the gateway.

The text of a message is understood here and goes no further: only the resulting intent enters the dialogue, so that
no tracker, log line or action-server request ever holds what a person typed. The bearer secret is read from a file.
"""

import asyncio
import hmac
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.action_endpoint import WatchedActionEndpoint, watch
from bot.nlu.decide import UNSURE_BELOW, Understanding, decide

logger = logging.getLogger(__name__)
REMEMBERED_ANSWERS = 5000


class ActionsUnavailable(Exception):
    """The action server failed during a turn; the same message can be tried again."""


class Collector(OutputChannel):
    """Collect the bot's messages of one turn as they are."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Return the name by which Rasa knows the channel."""
        return "korpu"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message: its text, its rows of buttons and its directives."""
        custom = dict(message.get("custom") or {})
        rows = custom.pop("rows", [])
        self.messages.append({"text": message.get("text") or "", "buttons": rows, "custom": custom})


class KorpuChannel(InputChannel):
    """Take one message from the gateway, run one turn, return the bot's messages."""

    def __init__(self, data_dir: Path) -> None:
        self._secret = (data_dir / "secrets" / "channel_secret").read_text(encoding="ascii").strip()
        self._instance = secrets.token_hex(8)
        self._answers: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def name(cls) -> str:
        """Return the path below /webhooks."""
        return "korpu"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "KorpuChannel":
        """Make the channel from credentials.yml; `data_dir` holds the secret's file."""
        return cls(Path((credentials or {})["data_dir"]))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes: health, message, forget."""
        blueprint = Blueprint("korpu_channel")

        @blueprint.listener("after_server_start")
        async def watch_actions(app: Any, _loop: Any) -> None:
            watch(app.ctx.agent)

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            ready = _ready(request.app.ctx.agent)
            return json({"ready": ready, "instance": self._instance}, status=200 if ready else 503)

        @blueprint.post("/message")
        async def message(request: Request) -> HTTPResponse:
            if not self._authorised(request):
                return json({"error": "wrong bearer secret"}, status=403)
            return await self._message(request.app.ctx.agent, request.json)

        @blueprint.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            if not self._authorised(request):
                return json({"error": "wrong bearer secret"}, status=403)
            request.app.ctx.agent.tracker_store.forget(request.json["sender"])
            return json({"forgotten": True})

        return blueprint

    def _authorised(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._secret}".encode())

    async def _message(self, agent: Agent, body: dict[str, Any]) -> HTTPResponse:
        if not _ready(agent):
            return json({"error": "the model is not ready"}, status=503)
        sender = body["sender"]
        async with self._locks.setdefault(sender, asyncio.Lock()):
            key = f"{sender}/{body['message_id']}"
            if key not in self._answers:
                try:
                    answer = await self._turn(agent, body)
                except ActionsUnavailable:
                    return json({"error": "the action server failed; nothing has changed"}, status=503)
                if not answer["messages"]:
                    return json({"error": "the turn brought no message; nothing has changed"}, status=500)
                self._remember(key, answer)
            return json(self._answers[key])

    def _remember(self, key: str, answer: dict[str, Any]) -> None:
        self._answers[key] = answer
        while len(self._answers) > REMEMBERED_ANSWERS:
            self._answers.popitem(last=False)

    async def _turn(self, agent: Agent, body: dict[str, Any]) -> dict[str, Any]:
        """Run one turn; set the tracker back when it brought nothing, and raise `ActionsUnavailable` if that is why."""
        store = agent.tracker_store
        before = await store.retrieve(body["sender"])
        in_form = before is not None and before.active_loop_name is not None
        lost = bool(body["metadata"].get("intake")) and not in_form
        collector = Collector()
        endpoint: WatchedActionEndpoint = agent.action_endpoint
        failures = endpoint.failures
        understood = await self._understand(agent, body)
        if understood.intent == "request_help" and body["metadata"].get("closed") and not in_form:
            understood = replace(understood, intent="intake_closed")
        if lost and understood.intent not in {"referral_send", "request_help"}:
            await self._say(agent, body, collector, _payload("intake_lost"), suffix="-lost")
        if not (lost and body["kind"] == "payload" and understood.intent in FORM_STEPS):
            await self._say(agent, body, collector, understood)
        if endpoint.failures != failures or not collector.messages:
            if before is None:
                store.forget(body["sender"])
            else:
                await store.save(before)
        if endpoint.failures != failures:
            raise ActionsUnavailable
        return {"instance": self._instance, "understood": understood.as_dict(), "messages": collector.messages}

    async def _understand(self, agent: Agent, body: dict[str, Any]) -> Understanding:
        if body["kind"] == "payload":
            return _payload(body["text"])
        text = body["text"].lstrip("/ ")  # a typed "/intent" is only text: RegexMessageHandler must never see it
        parsed = await agent.parse_message(text)
        return decide(parsed, chosen=body["metadata"].get("language"), hint=body["metadata"].get("hint"))

    async def _say(
        self, agent: Agent, body: dict[str, Any], collector: Collector, understood: Understanding, suffix: str = ""
    ) -> None:
        metadata = dict(body["metadata"])
        metadata["language"] = metadata.get("language") or understood.language
        metadata["choices"] = list(understood.choices)
        metadata["beside"] = list(understood.beside)
        metadata["unsure"] = understood.confidence < UNSURE_BELOW
        metadata["value"] = understood.value
        await agent.handle_message(
            UserMessage(
                text="",
                output_channel=collector,
                sender_id=body["sender"],
                parse_data=understood.as_parse_data(),
                input_channel=self.name(),
                message_id=f"{body['message_id']}{suffix}",
                metadata=metadata,
            )
        )


FORM_STEPS = frozenset(
    {"choose", "sealed", "skip", "consent_give", "consent_refuse", "intake_back", "intake_next", "intake_change"}
    | {"intake_cancel", "intake_resume"}
)


def _payload(text: str) -> Understanding:
    intent, _, value = text.partition(":")
    return Understanding.of_payload(intent, value or None)


def _ready(agent: Agent | None) -> bool:
    return agent is not None and agent.is_ready()
