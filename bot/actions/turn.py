"""What an action knows of the turn that it runs in, and how it speaks."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.i18n import SOURCE_LANGUAGE, Button, Locales, load_locales
from bot.released import Followed
from bot.settings import Settings


def locales() -> Locales:
    """Return the bot's words as they are live now."""
    return _words().current()


@lru_cache(maxsize=1)
def _words() -> Followed[Locales]:
    return Followed(Settings.from_env().released, load_locales)


@dataclass(frozen=True)
class Turn:
    """The person's latest step and what the gateway says about it."""

    tracker: Tracker
    dispatcher: CollectingDispatcher

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what the gateway sent beside the step: language, tags, ciphertext; nothing about the person."""
        metadata: Mapping[str, Any] = self.tracker.latest_message.get("metadata") or {}
        return metadata

    @property
    def intent(self) -> str:
        """Return the intent of the step."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name"))

    @property
    def value(self) -> str | None:
        """Return the value that the pressed button carries."""
        value: str | None = self.metadata.get("value")
        return value

    @property
    def language(self) -> str:
        """Return the language of the dialogue."""
        return self.metadata.get("language") or SOURCE_LANGUAGE

    @property
    def in_form(self) -> bool:
        """Tell whether the intake form is open."""
        return bool((self.tracker.active_loop or {}).get("name"))

    def tag(self, name: str) -> bytes | None:
        """Return a keyed tag (`route_tag`, `code_tag`) that proves which requests belong to this person."""
        value = self.metadata.get(name)
        return None if value is None else base64.urlsafe_b64decode(value)

    def label(self, key: str, **values: object) -> str:
        """Return a short word in the dialogue's language."""
        return locales().label(key, self.language, **values)

    def button(self, payload: str, label: str) -> Button:
        """Return a button whose title is a label."""
        return Button(self.label(label), payload)

    def intent_button(self, intent: str) -> Button:
        """Return a button that means what saying the intent means."""
        return Button(locales().intent_label(intent, self.language), intent)

    def with_words(self, intents: Iterable[str]) -> list[str]:
        """Return those that there are words for; what is released can be older than the model."""
        return [intent for intent in intents if locales().has_intent(intent)]

    def say(
        self,
        name: str,
        *,
        values: Mapping[str, object] | None = None,
        html: Mapping[str, str] | None = None,
        rows: Sequence[Sequence[Button]] = (),
        directives: Mapping[str, object] | None = None,
    ) -> None:
        """Say a text of the locale files; `html` values come from our own labels and are not escaped."""
        self.dispatcher.utter_message(
            response=f"utter_{name}",
            values=dict(values or {}),
            html=dict(html or {}),
            rows=[[{"title": b.title, "payload": b.payload} for b in row] for row in rows],
            directives=dict(directives or {}),
        )
