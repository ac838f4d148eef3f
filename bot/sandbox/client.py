"""People for tests and scripts: they write, press buttons and wait for what the bot says."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import aiohttp

Message = dict[str, Any]


class NotSeen(AssertionError):
    """What was expected did not come; the message shows what came instead."""


class SandboxClient:
    """The control interface of a running sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._opened: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            raise RuntimeError("Use the client as an async context manager.")
        return self._opened

    async def __aenter__(self) -> "SandboxClient":
        self._opened = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def person(self, name: str = "Person", language: str = "en") -> "SimulatedPerson":
        """Add a person."""
        made = await self.post("people", {"name": name, "language": language})
        return SimulatedPerson(self, made["id"])

    async def state(self, version: int = -1) -> dict[str, Any]:
        """Return everything, once it differs from `version`."""
        async with self._session.get(f"{self.url}/sandbox/state", params={"version": version}) as response:
            state: dict[str, Any] = await response.json()
            return state

    async def settings(self, **values: Any) -> None:
        """Set faults, limits or the clock."""
        await self.post("settings", values)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call the control interface."""
        async with self._session.post(f"{self.url}/sandbox/{path}", json=body) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer


class SimulatedPerson:
    """One person with a private chat."""

    def __init__(self, client: SandboxClient, person_id: int) -> None:
        self._client = client
        self.id = person_id
        self.seen = 0

    async def send(self, text: str) -> int:
        """Write a text; what comes after it is new."""
        return await self.act("text", text=text)

    async def act(self, act: str, **body: Any) -> int:
        """Do something else: voice, photo, edit, block, …"""
        messages = await self.messages()
        self.seen = max((m["message_id"] for m in messages), default=self.seen)
        answer = await self._client.post(f"people/{self.id}/{act}", body)
        return int(answer["update_id"])

    async def press(self, button: str) -> int:
        """Press the newest button whose title or payload is, or begins with, `button`."""
        for message in reversed(await self.messages()):
            for entry in buttons(message):
                payload = entry["callback_data"].rpartition("!")[0]
                if button in {entry["text"], payload}:
                    data = entry["callback_data"]
                    return await self.act("press", message_id=message["message_id"], data=data)
        raise NotSeen(f"There is no button {button!r}; the last message has {await self._titles()}.")

    async def expect(self, wanted: str | Callable[[Message], bool], seconds: float = 20.0) -> Message:
        """Return the first new message of the bot that contains a text or fulfils a predicate."""
        fits = (lambda m: wanted in m.get("text", "")) if isinstance(wanted, str) else wanted
        deadline, version = time.monotonic() + seconds, -1
        while True:
            state = await self._client.state(version)
            version = state["version"]
            for message in self._of(state):
                if message["from"]["is_bot"] and message["message_id"] > self.seen and fits(message):
                    return message
            if time.monotonic() > deadline:
                texts = [m.get("text", "?")[:80] for m in self._of(state) if m["message_id"] > self.seen]
                raise NotSeen(f"{wanted!r} did not come in {seconds} s; new messages: {texts}")

    async def messages(self) -> list[Message]:
        """Return the messages that are on the screen."""
        return self._of(await self._client.state())

    async def _titles(self) -> list[str]:
        messages = await self.messages()
        return [entry["text"] for entry in buttons(messages[-1])] if messages else []

    def _of(self, state: dict[str, Any]) -> list[Message]:
        person = next(p for p in state["people"] if p["id"] == self.id)
        messages: list[Message] = person["messages"]
        return messages


def buttons(message: Message) -> list[dict[str, str]]:
    """Return the inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
