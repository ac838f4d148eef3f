"""The way from Rasa to the action server, watched: a turn in which it failed must not count.

Rasa swallows a failed action and goes on as if it had been run. The channel compares `failures` before and after a
turn, and sets the conversation back if it has grown.
"""

import logging
from functools import lru_cache
from typing import Any

import jsonschema
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

logger = logging.getLogger(__name__)
REJECTED = 400  # the SDK's "this action does not apply now", a part of the dialogue and not a failure


class WatchedActionEndpoint(EndpointConfig):
    """Count the calls to the action server that failed."""

    failures = 0

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Call the action server; count and re-raise whatever goes wrong."""
        try:
            return await super().request(*args, **kwargs)
        except ClientResponseError as error:
            if error.status != REJECTED:
                self._count(f"status {error.status}")
            raise
        except Exception as error:
            self._count(type(error).__name__)
            raise

    def _count(self, reason: str) -> None:
        self.failures += 1
        logger.warning("The action server failed (%s); the turn is set back and will be tried again.", reason)


def watch(agent: Agent) -> None:
    """Put the watched endpoint in the place of the agent's own, and check its replies with a schema made once.

    Rasa checks the schema itself again on each call, which takes 28 ms of the 36 ms of an action (telegram.md §4).
    """
    own = agent.action_endpoint
    watched = WatchedActionEndpoint(url=own.url, **own.kwargs)
    agent.action_endpoint = watched
    agent.processor.action_endpoint = watched
    RemoteAction._validate_action_result = lambda _self, result: _validator().validate(result) is None


@lru_cache(maxsize=1)
def _validator() -> Any:
    return jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())
