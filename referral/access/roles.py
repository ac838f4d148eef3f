"""The group roles; the operator makes a login for each process and puts it into one of them."""

from enum import StrEnum, unique


@unique
class Role(StrEnum):
    """What a process is to the database; the names are those of the roles."""

    BOT = "korpu_bot"
    RELAY = "korpu_relay"
    CONSOLE = "korpu_console"
    JANITOR = "korpu_janitor"
