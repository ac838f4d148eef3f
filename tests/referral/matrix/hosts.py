"""What each process, and so each host, holds. One place; `test_hosts.py` compares it with what the code reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    """One process on a host of its own: which secrets it reads, which files of its own, and whether the database.

    A process that may reach the database is taken to have all of it, although its role in PostgreSQL has not.
    """

    name: str
    modules: tuple[str, ...]
    secrets: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    database: bool = False


GATEWAY = Host(
    "gateway",
    ("bot.gateway",),
    frozenset(
        {
            "route_key",
            "index_key",
            "relay_key",
            "bot_signing_key",
            "code_pepper",
            "callback_key",
            "channel_secret",
        }
    ),
    frozenset({"gateway.db"}),
    database=True,
)
RASA = Host("rasa", ("bot.rasa_server", "bot.channel", "bot.nlu", "bot.nlg"), frozenset({"channel_secret"}))
ACTIONS = Host("actions", ("bot.action_server", "bot.actions"), database=True)
CONSOLE = Host(
    "console",
    ("referral.console", "bot.editor"),
    frozenset({"console_session_key", "statistics_key", "content_key"}),
    database=True,
)
JANITOR = Host("janitor", ("referral.retention",), database=True)
CONTENT = Host("content", ("bot.content.live",))
SANDBOX = Host("sandbox", ("bot.sandbox",))
HOSTS = (GATEWAY, RASA, ACTIONS, CONSOLE, JANITOR, CONTENT, SANDBOX)
