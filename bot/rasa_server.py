"""The Rasa server on loopback: what `rasa run` does, without its HTTP API, its telemetry and its talkative logs."""

import logging
import os
import sys
from typing import Any

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["LOG_LEVEL_LIBRARIES"] = "ERROR"

from rasa.core import run as rasa_run
from rasa.core.agent import Agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from bot.errors import OperatorError
from bot.logs import configure_logging, configure_structlog_discreetly, drop_warnings
from bot.models import newest_model
from bot.paths import ROOT
from bot.settings import Settings

logger = logging.getLogger("bot.rasa_server")
_load_agent = rasa_run.load_agent_on_start
MISCONFIGURED = 2  # the supervisor does not try this again at the start


def serve(settings: Settings) -> None:
    """Serve the newest model until SIGTERM or SIGINT; raise `OperatorError` when there is none."""
    model = newest_model()
    os.environ["KORPU_DATA_DIR"] = str(settings.data_dir)  # credentials.yml and endpoints.yml name these two
    os.environ["KORPU_ACTIONS_PORT"] = str(settings.actions_port)
    rasa_run.load_agent_on_start = _load_or_leave
    rasa_run.serve_application(
        str(model),
        interface="127.0.0.1",
        port=settings.rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
    )


async def _load_or_leave(*arguments: Any) -> Agent:
    """Load the model, or end the process when it cannot be loaded: Rasa itself would go on and answer nothing."""
    agent = await _load_agent(*arguments)
    if not agent.is_ready():
        logger.error("The model could not be loaded. Run `korpu train --force`, then start again.")
        logging.shutdown()
        os._exit(MISCONFIGURED)
    return agent


def _configure_logging() -> None:
    configure_structlog(logging.WARNING)
    configure_structlog_discreetly()
    configure_logging(logging.WARNING)
    drop_warnings()


def main() -> int:
    """Run the server; return the exit code after one clear line about what is wrong."""
    try:
        settings = Settings.from_env()
        _configure_logging()
        serve(settings)
    except OperatorError as error:
        print(error, file=sys.stderr)
        return MISCONFIGURED
    return 0


if __name__ == "__main__":
    sys.exit(main())
