"""The action server on loopback: rasa-sdk's executor behind two routes.

rasa-sdk's own server answers a failure with the whole request body, conversation included, and Rasa logs that answer.
Here a failure is answered with its name.
"""

import logging
import sys

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import OperatorError
from bot.logs import configure_logging
from bot.settings import Settings
from referral import ReferralError

logger = logging.getLogger("bot.action_server")
ACTIONS = "bot.actions"
LARGEST_REQUEST = 32 * 1024 * 1024  # Rasa posts the conversation's whole history with each call
GRACE_SECONDS = 5.0


def make_app(executor: ActionExecutor) -> web.Application:
    """Return the routes `/health` and `/webhook`."""

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def webhook(request: web.Request) -> web.Response:
        call = await request.json()
        try:
            return web.json_response(await executor.run(call))
        except ActionExecutionRejection as rejection:
            body = {"error": "rejected", "action_name": rejection.action_name}
            return web.json_response(body, status=400)
        except ActionNotFoundException as missing:
            logger.error("There is no action named %s.", missing.action_name)
            return web.json_response({"error": "no such action", "action_name": missing.action_name}, status=404)
        except Exception as error:
            logger.exception("The action %s failed.", call.get("next_action"))
            return web.json_response({"error": type(error).__name__}, status=500)

    app = web.Application(client_max_size=LARGEST_REQUEST)
    app.add_routes([web.get("/health", health), web.post("/webhook", webhook)])
    return app


def main() -> int:
    """Run the server until SIGTERM or SIGINT; return the exit code after one clear line about what is wrong."""
    configure_logging(logging.WARNING, safe=(ReferralError, SQLAlchemyError))
    try:
        settings = Settings.from_env()
    except OperatorError as error:
        print(error, file=sys.stderr)
        return 2
    executor = ActionExecutor()
    executor.register_package(ACTIONS)
    web.run_app(
        make_app(executor),
        host="127.0.0.1",
        port=settings.actions_port,
        access_log=None,
        print=None,
        shutdown_timeout=GRACE_SECONDS,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
