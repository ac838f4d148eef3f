"""Everything that the gateway's parts share, made once at the start."""

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.gateway.codes import Codes
from bot.gateway.danger import DangerGate
from bot.gateway.doubts import Doubts
from bot.gateway.gaps import Gaps
from bot.gateway.keys import GatewayKeys, Organisation, Published
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sender import Sender
from bot.gateway.state import State
from bot.gateway.words import WholeWords
from bot.i18n import Locales


@dataclass(frozen=True)
class Gateway:
    """The gateway's parts."""

    keys: GatewayKeys
    published: Published
    locales: Locales
    state: State
    sender: Sender
    rasa: RasaClient
    gate: DangerGate
    words: WholeWords
    codes: Codes
    engine: Engine
    doubts: Doubts
    gaps: Gaps

    @property
    def organisation(self) -> Organisation:
        """Return the organisation that requests go to, as the signed list of keys names it at this moment."""
        return self.published.organisation()
