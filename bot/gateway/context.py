"""Everything that the gateway's parts share, made once at the start."""

from dataclasses import dataclass

from bot.gateway.codes import Codes
from bot.gateway.danger import DangerGate
from bot.gateway.keys import GatewayKeys, Organisation
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sender import Sender
from bot.gateway.state import State
from bot.gateway.words import WholeWords
from bot.i18n import Locales


@dataclass(frozen=True)
class Gateway:
    """The gateway's parts."""

    keys: GatewayKeys
    organisation: Organisation
    locales: Locales
    state: State
    sender: Sender
    rasa: RasaClient
    gate: DangerGate
    words: WholeWords
    codes: Codes
