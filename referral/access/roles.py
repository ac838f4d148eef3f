"""The group roles; the operator makes a login for each process and puts it into one of them."""

from enum import StrEnum, unique
from types import MappingProxyType


@unique
class Role(StrEnum):
    """What a process is to the database; the names are those of the roles."""

    BOT = "korpu_bot"
    RELAY = "korpu_relay"
    CONSOLE = "korpu_console"
    JANITOR = "korpu_janitor"


PROCESSES = MappingProxyType(
    {"actions": Role.BOT, "gateway": Role.RELAY, "console": Role.CONSOLE, "janitor": Role.JANITOR}
)
