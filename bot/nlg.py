"""Rasa's words come from the locale files: answers, dialogue texts and button titles, in the person's language."""

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.i18n import SOURCE_LANGUAGE, Button, Html, Locales, load_locales
from bot.intents import load_catalogue

PREFIX = "utter_"
FORM_PREFIX = "ask_referral_form_intake_"
FROM_METADATA = ("organisation", "retention_days")


class KorpuNLG(TemplatedNaturalLanguageGenerator):
    """Generate `utter_<intent>` from the answers and every other `utter_<name>` from the dialogue texts.

    It must be a subclass of the templated generator, because Rasa refreshes only those when a model is loaded.
    Actions pass `values` (escaped), `html` (as it is), `rows` (more buttons) and `directives` (for the gateway).
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__({})
        self.locales: Locales = load_locales()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return text, buttons and directives of one message."""
        metadata = (tracker.latest_message.metadata if tracker.latest_message else None) or {}
        language = metadata.get("language") or SOURCE_LANGUAGE
        name = utter_action.removeprefix(PREFIX)
        if name in self.locales.answers:
            return self._answer(name, language, metadata.get("beside") or self.locales.answers[name]["related"])
        if name.startswith(FORM_PREFIX):
            name = f"ask_{name.removeprefix(FORM_PREFIX)}"
        return self._dialogue(name, language, metadata, kwargs)

    def _answer(self, intent: str, language: str, others: list[str]) -> dict[str, Any]:
        """Return an answer; below it what else was perhaps meant or what is related, a person, the topics."""
        topic = load_catalogue().by_name[intent].topic
        rows = [[Button(self.locales.intent_label(other, language), other)] for other in others]
        rows.append([Button(self.locales.label("btn_talk", language), f"request_help:{topic}")])
        rows.append([Button(self.locales.label("btn_menu", language), "menu")])
        return _message(self.locales.answer(intent, language), rows, {"answer": intent})

    def _dialogue(self, name: str, language: str, metadata: dict[str, Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {key: metadata.get(key, "") for key in FROM_METADATA}
        values |= kwargs.get("values", {})
        values.update({key: Html(value) for key, value in kwargs.get("html", {}).items()})
        text = self.locales.text(name, language, **values)
        rows = [[Button(**button) for button in row] for row in kwargs.get("rows", [])]
        rows += self.locales.buttons(name, language)
        directives: dict[str, Any] = dict(kwargs.get("directives", {}))
        expect = self.locales.expects(name)
        if expect is not None:
            directives.setdefault("expect", expect)
        return _message(text, rows, directives)


def _message(text: str, rows: list[list[Button]], directives: dict[str, Any]) -> dict[str, Any]:
    buttons = [[{"title": b.title, "payload": b.payload} for b in row] for row in rows]
    return {"text": text.strip(), "custom": {"rows": buttons, **directives}}
