"""The seven processes of Körpü, each with the environment that it needs and no more (`docs/interfaces.md` §1)."""

import os
import sys
from collections.abc import Mapping

from bot.settings import DATABASE_USERS, DEFAULT_PORTS, Settings
from bot.supervisor.spawn import minimal_environment
from bot.supervisor.spec import FileHealth, HttpHealth, ProcessSpec

PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
EDITORS_PAGES = {"KORPU_CONSOLE_PAGES": "bot.editor"}  # by name: `referral` imports nothing of the bot
DATABASE = ("PGPASSFILE", "PGSSLMODE", "PGSSLROOTCERT")


def process_list(
    settings: Settings, *, token_fd: int | None = None, environ: Mapping[str, str] = os.environ
) -> tuple[ProcessSpec, ...]:
    """Return the processes to run. `token_fd` is an open descriptor from which the gateway reads the bot's token."""
    base = minimal_environment(environ) | _ports(settings)
    data = base | {"KORPU_DATA_DIR": str(settings.data_dir)}
    words = {"KORPU_LOCALES_DIR": str(settings.locales_dir)}
    common = data | _chosen(environ, DATABASE)
    actions, gateway, console, janitor = (
        common | {"KORPU_DATABASE_URL": settings.database_url_of(process)} | ({} if process == "janitor" else words)
        for process in DATABASE_USERS
    )
    processes = (
        _filed("content", "bot.content.live", settings, data | words),
        _rasa(settings, data | words),
        _http("actions", "bot.action_server", settings.actions_port, "KORPU_ACTIONS_PORT", actions),
        _gateway(settings, gateway | _chosen(environ, PROXIES), token_fd),
        _http("console", "referral.console", settings.console_port, "KORPU_CONSOLE_PORT", console | EDITORS_PAGES),
        _filed("janitor", "referral.retention", settings, janitor),
    )
    if not settings.sandbox:
        return processes
    return (_http("sandbox", "bot.sandbox", settings.chat_port, "KORPU_CHAT_PORT", base), *processes)


def _rasa(settings: Settings, environment: dict[str, str]) -> ProcessSpec:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    redis = {"KORPU_REDIS_URL": settings.redis_url} if settings.redis_url else {}
    return ProcessSpec(
        name="rasa",
        command=_module("bot.rasa_server"),
        environment=environment | quiet | redis,
        health=HttpHealth(f"{settings.rasa_url}/health"),
        port=settings.rasa_port,
        port_variable="KORPU_RASA_PORT",
    )


def _gateway(settings: Settings, environment: dict[str, str], token_fd: int | None) -> ProcessSpec:
    own = {"TELEGRAM_API_URL": settings.telegram_api_url}
    if token_fd is not None:
        own["TELEGRAM_BOT_TOKEN_FILE"] = f"/proc/self/fd/{token_fd}"
    return ProcessSpec(
        name="gateway",
        command=_module("bot.gateway"),
        environment=environment | own,
        health=HttpHealth(f"http://127.0.0.1:{settings.gateway_port}/health"),
        port=settings.gateway_port,
        port_variable="KORPU_GATEWAY_PORT",
        pass_fds=() if token_fd is None else (token_fd,),
    )


def _filed(name: str, module: str, settings: Settings, environment: dict[str, str]) -> ProcessSpec:
    """Return a process that listens nowhere and gives its sign of life in a file."""
    return ProcessSpec(
        name=name,
        command=_module(module),
        environment=environment,
        health=FileHealth(settings.data_dir / "run" / f"{name}.alive"),
    )


def _http(name: str, module: str, port: int, variable: str, environment: dict[str, str]) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        command=_module(module),
        environment=environment,
        health=HttpHealth(f"http://127.0.0.1:{port}/health"),
        port=port,
        port_variable=variable,
    )


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)


def _ports(settings: Settings) -> dict[str, str]:
    """Return all ports for every process: reading the settings compares them with each other."""
    values = (
        settings.chat_port,
        settings.console_port,
        settings.rasa_port,
        settings.actions_port,
        settings.gateway_port,
    )
    return {name: str(port) for name, port in zip(DEFAULT_PORTS, values, strict=True)}


def _chosen(environ: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {key: environ[key] for name in names for key in (name, name.lower()) if key in environ}
