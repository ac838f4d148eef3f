"""What arrived from Telegram, in the gateway's own terms."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique

from telegram import Message, Update
from telegram.constants import ChatType

COMMANDS = ("start", "menu", "help", "language", "status", "privacy", "delete", "exit")
_COMMAND = re.compile(r"/(?P<name>[a-z]+)(?:@\w+)?(?:\s.*)?", re.DOTALL)


@unique
class InputKind(StrEnum):
    """Kinds of messages that people send."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    EDITED = "edited"
    VOICE = "voice"
    PHOTO = "photo"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    OTHER = "other"


@dataclass(frozen=True)
class Incoming:
    """One message or button of one person; `repr` shows nothing that they wrote."""

    update_id: int
    chat_id: int
    kind: InputKind
    text: str
    message_id: int | None
    callback_id: str | None
    hint: str | None

    @property
    def command(self) -> str:
        """Return the name of the command, or nothing."""
        return command_name(self.text) if self.kind is InputKind.COMMAND else ""

    def __repr__(self) -> str:
        return f"Incoming(update_id={self.update_id}, kind={self.kind.value})"


def read_update(update: Update) -> Incoming | None:
    """Return what the update brings, or None for what is not a private message (groups, channels, blocks)."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    hint = update.effective_user.language_code if update.effective_user else None
    if update.callback_query is not None:
        query = update.callback_query
        message_id = query.message.message_id if query.message else None
        return Incoming(update.update_id, chat.id, InputKind.BUTTON, query.data or "", message_id, query.id, hint)
    message = update.message or update.edited_message
    if message is None:
        return None
    kind = InputKind.EDITED if update.edited_message else _kind(message)
    return Incoming(update.update_id, chat.id, kind, _text(message), message.message_id, None, hint)


def _kind(message: Message) -> InputKind:
    if message.text is not None:
        return InputKind.COMMAND if command_name(message.text) else InputKind.TEXT
    if message.voice or message.audio or message.video_note:
        return InputKind.VOICE
    if message.photo or message.video or message.document or message.animation:
        return InputKind.PHOTO
    if message.sticker:
        return InputKind.STICKER
    if message.contact:
        return InputKind.CONTACT
    if message.location or message.venue:
        return InputKind.LOCATION
    return InputKind.OTHER


def command_name(text: str) -> str:
    """Return the name of an allowed command, or nothing: every other leading "/" is plain text."""
    match = _COMMAND.fullmatch(text.strip())
    return match["name"] if match and match["name"] in COMMANDS else ""


def _text(message: Message) -> str:
    return message.text or message.caption or ""
