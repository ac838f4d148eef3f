"""Rasa's words come from the locale files: answers, dialogue texts and button titles, in the person's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.doubted import with_caution
from bot.i18n import SOURCE_LANGUAGE, Button, Html, Locales, load_locales
from bot.intents import load_catalogue
from bot.released import Followed
from bot.settings import Settings

PREFIX = "utter_"
FORM_PREFIX = "ask_referral_form_intake_"
ABOUT_SLOT = "intake_about"
NO_ANSWER = "fallback_sorry"
FROM_METADATA = ("organisation", "retention_days", "consent_days")


@dataclass(frozen=True)
class Message:
    """One message: its text, its rows of buttons, what the gateway is to do."""

    text: str
    rows: list[list[Button]]
    directives: dict[str, Any]


class KorpuNLG(TemplatedNaturalLanguageGenerator):
    """Generate `utter_<intent>` from the answers and every other `utter_<name>` from the dialogue texts.

    It must be a subclass of the templated generator, because Rasa refreshes only those when a model is loaded.
    Actions pass `values` (escaped), `html` (as it is), `rows` (more buttons) and `directives` (for the gateway).
    A question of the form is asked in the wording of whom the request is about, if it has one of its own. In an open
    form no button begins another one.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__({})
        self._words = Followed(Settings.from_env().released, load_locales)

    @property
    def locales(self) -> Locales:
        """Return the texts that were there when this message was begun."""
        return self._words.latest

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return text, buttons and directives of one message, in the words that are live now."""
        self._words.current()
        metadata = (tracker.latest_message.metadata if tracker.latest_message else None) or {}
        language = metadata.get("language") or SOURCE_LANGUAGE
        name = utter_action.removeprefix(PREFIX)
        if name in self.locales.answers:
            message = self._answer(name, language, metadata)
        else:
            message = self._dialogue(self._question(name, tracker), language, metadata, kwargs)
        in_form = tracker.active_loop_name is not None and message.directives.get("intake") != "closed"
        rows = self.locales.going_on(message.rows, language) if in_form else message.rows
        buttons = [[{"title": b.title, "payload": b.payload} for b in row] for row in rows]
        return {"text": message.text.strip(), "custom": {"rows": buttons, **message.directives}}

    def _question(self, name: str, tracker: DialogueStateTracker) -> str:
        """Return the name of the text; of a form's question that of the wording for whom the request is about.

        For an answer that has no words yet it is that of having none: what is released can be older than the model.
        """
        if name in load_catalogue().answers:
            return NO_ANSWER
        if name.startswith(FORM_PREFIX):
            name = f"ask_{name.removeprefix(FORM_PREFIX)}"
        own = f"{name}_{tracker.get_slot(ABOUT_SLOT)}"
        return own if name.startswith("ask_") and own in self.locales.dialogue else name

    def _answer(self, intent: str, language: str, metadata: dict[str, Any]) -> Message:
        """Return an answer; below it what else was perhaps meant or what is related, a person, the topics."""
        beside = [other for other in metadata.get("beside") or () if self._is_known(other)]
        others = beside or [other for other in self.locales.answers[intent]["related"] if self._is_known(other)]
        topic = load_catalogue().by_name[intent].topic
        rows = [[Button(self.locales.intent_label(other, language), other)] for other in others]
        rows.append([Button(self.locales.label("btn_talk", language), f"request_help:{topic}")])
        rows.append([Button(self.locales.label("btn_menu", language), "menu")])
        text = self._with_caution(self.locales.answer(intent, language), self.locales.answers, intent, metadata)
        if beside and metadata.get("unsure"):
            text = f"{text}\n{self.locales.text('answer_unsure', language)}"
        return Message(text, rows, {"answer": intent, "version": self.locales.answer_version(intent, language)})

    def _is_known(self, intent: str) -> bool:
        """Tell whether a button with it can be pressed: an answer can be finished while the program runs."""
        return intent in load_catalogue().by_name and self.locales.has_intent(intent)

    def _dialogue(self, name: str, language: str, metadata: dict[str, Any], kwargs: dict[str, Any]) -> Message:
        values: dict[str, Any] = {key: metadata.get(key, "") for key in FROM_METADATA}
        values |= kwargs.get("values", {})
        values.update({key: Html(value) for key, value in kwargs.get("html", {}).items()})
        text = self.locales.text(name, language, **values)
        version = self.locales.version(name)
        if version is None:  # the words of a consent stay those of their version
            text = self._with_caution(text, self.locales.dialogue, name, metadata)
        rows = [[Button(**button) for button in row] for row in kwargs.get("rows", [])]
        rows += self.locales.buttons(name, language)
        directives: dict[str, Any] = dict(kwargs.get("directives", {}))
        expect = self.locales.expects(name)
        if expect is not None:
            directives.setdefault("expect", expect)
        if version is not None:
            directives["wording"] = {"name": name, "version": version, "language": language}
        return Message(text, rows, directives)

    def _with_caution(self, text: str, texts: Mapping[str, Any], name: str, metadata: dict[str, Any]) -> str:
        """Return a text with what people say of its numbers below it."""
        language, doubted = metadata.get("language") or SOURCE_LANGUAGE, metadata.get("doubted") or ()
        return with_caution(self.locales, text, source=texts[name]["text"], language=language, doubted=doubted)
