"""The gateway's way to Rasa's channel."""

from typing import Any

import aiohttp

TURN_SECONDS = 60


class RasaUnavailable(Exception):
    """Rasa is down, loading, or could not finish the turn; the same message can be sent again."""


class RasaRefused(Exception):
    """Rasa refuses this message for good; the message says with which status."""


class RasaClient:
    """Send messages to the channel of `docs/interfaces.md` §5."""

    def __init__(self, session: aiohttp.ClientSession, *, url: str, secret: str) -> None:
        self._session = session
        self._url = url
        self._headers = {"Authorization": f"Bearer {secret}"}

    async def message(
        self, *, sender: str, message_id: str, kind: str, text: str, metadata: dict[str, Any]
    ) -> dict[str, Any]:
        """Run one turn and return its messages; raise `RasaUnavailable` or `RasaRefused`."""
        body = {"sender": sender, "message_id": message_id, "kind": kind, "text": text, "metadata": metadata}
        return await self._post("message", body)

    async def forget(self, *, sender: str) -> None:
        """Drop the conversation; raise `RasaUnavailable` when it could not be done."""
        await self._post("forget", {"sender": sender})

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=TURN_SECONDS, connect=2)
        try:
            async with self._session.post(
                f"{self._url}/{path}", json=body, headers=self._headers, timeout=timeout
            ) as response:
                if response.status == 200:
                    answer: dict[str, Any] = await response.json()
                    return answer
                status = response.status
        except (TimeoutError, aiohttp.ClientError) as error:
            raise RasaUnavailable(type(error).__name__) from error
        if status in {502, 503, 504}:
            raise RasaUnavailable(f"status {status}")
        raise RasaRefused(f"status {status}")
