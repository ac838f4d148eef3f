"""In Rasa's place: take one step by the rules and the form, with our real actions and our real texts."""

from collections import defaultdict
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutor

from bot.actions import intake
from bot.gateway.rasa_client import RasaUnavailable
from bot.nlg import KorpuNLG
from bot.paths import ROOT

FORM = "referral_form"


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    """Return rasa-sdk's executor with all our actions."""
    made = ActionExecutor()
    made.register_package("bot.actions")
    return made


@lru_cache(maxsize=1)
def nlg() -> KorpuNLG:
    """Return our generator of texts."""
    return KorpuNLG()


@lru_cache(maxsize=1)
def rules() -> dict[str, tuple[str, ...]]:
    """Return which actions follow an intent."""
    found = {}
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["rules"]:
            first = rule["steps"][0]
            if "intent" in first:
                found[first["intent"]] = tuple(step["action"] for step in rule["steps"] if "action" in step)
    return found


class Dialogue:
    """Has what the gateway calls of `RasaClient`; `down` makes it unavailable, `lost` answers do not arrive.

    `choices` are offered for what is not understood.
    """

    def __init__(self) -> None:
        self.down = False
        self.lost = 0
        self.choices: list[str] = []
        self.turns: list[dict[str, Any]] = []
        self._slots: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._in_form: set[str] = set()

    async def message(
        self, *, sender: str, message_id: str, kind: str, text: str, metadata: dict[str, Any]
    ) -> dict[str, Any]:
        """Run one turn; a typed text is taken for the intent that it names."""
        if self.down:
            raise RasaUnavailable("down")
        intent, _, value = text.partition(":")
        if intent == "request_help" and metadata["closed"] and sender not in self._in_form:
            intent = "intake_closed"
        known = kind == "payload" or intent in rules()
        choices = [] if known else self.choices
        metadata = metadata | {"value": value or None, "choices": choices, "beside": []}
        self.turns.append({"text": text, "metadata": metadata})
        messages = await self._run(sender, intent, metadata)
        outcome = "answer" if known else "choose" if choices else "fallback"
        if self.lost:
            self.lost -= 1
            raise RasaUnavailable("lost")
        understood = {"language": None, "language_confidence": 0.0, "intent": intent, "outcome": outcome}
        return {"instance": "test", "understood": understood, "messages": messages}

    async def forget(self, *, sender: str) -> None:
        """Drop a conversation."""
        self._slots.pop(sender, None)
        self._in_form.discard(sender)

    async def _run(self, sender: str, intent: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = []
        changed = sender in self._in_form and await self._act(
            "validate_referral_form", sender, intent, metadata, messages
        )
        if not changed and intent not in rules():
            await self._act("action_fallback", sender, intent, metadata, messages)
            return messages  # a step that no rule takes is taken back: the form does not ask again
        if not changed:
            for action in rules()[intent]:
                if action == FORM:
                    self._in_form.add(sender)
                elif action == "action_deactivate_loop":
                    self._in_form.discard(sender)
                elif action.startswith("utter_"):
                    messages.append(await self._say({"response": action}, sender, metadata))
                else:
                    await self._act(action, sender, intent, metadata, messages)
        if sender in self._in_form:
            await self._ask_next(sender, intent, metadata, messages)
        return messages

    async def _ask_next(
        self, sender: str, intent: str, metadata: dict[str, Any], messages: list[dict[str, Any]]
    ) -> None:
        slots = self._slots[sender]
        question = next((q for q in intake.QUESTIONS if slots.get(f"intake_{q}") is None), None)
        slots["requested_slot"] = question and f"intake_{question}"
        if question is None:
            self._in_form.discard(sender)
            await self._act("action_open_referral", sender, intent, metadata, messages)
        elif f"action_ask_referral_form_intake_{question}" in executor().actions:
            await self._act(f"action_ask_referral_form_intake_{question}", sender, intent, metadata, messages)
        else:
            ask = {"response": f"utter_ask_referral_form_intake_{question}"}
            messages.append(await self._say(ask, sender, metadata))

    async def _act(
        self, action: str, sender: str, intent: str, metadata: dict[str, Any], messages: list[dict[str, Any]]
    ) -> bool:
        """Run one action; tell whether it has changed a slot."""
        tracker = {
            "sender_id": sender,
            "slots": dict(self._slots[sender]),
            "latest_message": {"intent": {"name": intent}, "metadata": metadata},
            "active_loop": {"name": FORM} if sender in self._in_form else {},
        }
        result = await executor().run({"next_action": action, "tracker": tracker})
        assert result is not None
        for response in result["responses"]:
            if response.get("response"):
                messages.append(await self._say(response, sender, metadata))
            else:
                messages.append({"text": "", "buttons": [], "custom": response["custom"]})
        changes = {event["name"]: event["value"] for event in result["events"] if event["event"] == "slot"}
        self._slots[sender] |= changes
        return bool(changes)

    async def _say(self, response: dict[str, Any], sender: str, metadata: dict[str, Any]) -> dict[str, Any]:
        slots = self._slots[sender]
        tracker = SimpleNamespace(
            latest_message=SimpleNamespace(metadata=metadata),
            active_loop_name=FORM if sender in self._in_form else None,
            get_slot=slots.get,
        )
        message = await nlg().generate(response["response"], tracker, "korpu", **_given(response))
        assert message is not None
        custom = dict(message["custom"])
        return {"text": message["text"], "buttons": custom.pop("rows"), "custom": custom}


def _given(response: dict[str, Any]) -> dict[str, Any]:
    return {key: response[key] for key in ("values", "html", "rows", "directives") if key in response}
