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
from bot.gateway.shown import Shown
from bot.gateway.state import State
from bot.gateway.words import WholeWords
from bot.i18n import Locales
from bot.released import Followed


@dataclass(frozen=True)
class Gateway:
    """The gateway's parts."""

    keys: GatewayKeys
    published: Published
    live: Followed[Shown]
    state: State
    sender: Sender
    rasa: RasaClient
    codes: Codes
    engine: Engine
    doubts: Doubts
    gaps: Gaps

    @property
    def locales(self) -> Locales:
        """Return the texts as they are at this moment; take them once for one message."""
        return self.live.latest.locales

    @property
    def gate(self) -> DangerGate:
        """Return the danger gate with the patterns of this moment."""
        return self.live.latest.gate

    @property
    def words(self) -> WholeWords:
        """Return the words that count as a whole message, as they are at this moment."""
        return self.live.latest.words

    @property
    def organisation(self) -> Organisation:
        """Return the organisation that requests go to, as the signed list of keys names it at this moment."""
        return self.published.organisation()
