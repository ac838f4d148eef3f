"""The Bot API's methods that Körpü and its tests use, with Telegram's checks and error texts."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.entities import ParseError, parse_html
from bot.sandbox.world import BOT, BotApiError, Person, World
from bot.text import utf16_length

Parameters = dict[str, Any]
Method = Callable[[World, Parameters], Awaitable[Any]]
TEXT_LIMIT = 4096
CALLBACK_LIMIT = 64
CALLBACK_SECONDS = 900
PER_SECOND_METHODS = ("sendmessage", "sendphoto", "senddocument", "sendvenue", "editmessagetext")


async def get_me(world: World, given: Parameters) -> Any:
    """Return the bot."""
    return BOT


async def send_message(world: World, given: Parameters) -> Any:
    """Send a text."""
    person = world.person(given.get("chat_id"))
    text, entities = _text(given)
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    if given.get("protect_content"):
        content["has_protected_content"] = True
    markup = _markup(given)
    if markup:
        content["reply_markup"] = markup
    person.typing_until = 0.0
    message = world.new_message(person, from_bot=True, **content)
    await world.touch()
    return message


async def send_other(world: World, given: Parameters) -> Any:
    """Accept a photo, document or venue as a message."""
    person = world.person(given.get("chat_id"))
    message = world.new_message(person, from_bot=True, text=given.get("caption") or given.get("title") or "📎")
    await world.touch()
    return message


async def edit_text(world: World, given: Parameters) -> Any:
    """Change a message's text and buttons."""
    message = _own_message(world, given)
    text, entities = _text(given)
    markup = _markup(given)
    if message.get("text") == text and message.get("reply_markup") == markup:
        raise BotApiError(400, NOT_MODIFIED)
    message.update(text=text, entities=entities, edit_date=int(world.now()))
    _set_markup(message, markup)
    await world.touch()
    return message


async def edit_markup(world: World, given: Parameters) -> Any:
    """Change a message's buttons."""
    message = _own_message(world, given)
    markup = _markup(given)
    if message.get("reply_markup") == markup:
        raise BotApiError(400, NOT_MODIFIED)
    _set_markup(message, markup)
    await world.touch()
    return message


async def delete_message(world: World, given: Parameters) -> Any:
    """Delete one message of either side."""
    person = world.person(given.get("chat_id"))
    message = person.messages.get(_integer(given, "message_id"))
    if message is None:
        raise BotApiError(400, "Bad Request: message to delete not found")
    if not world.deletable(message):
        raise BotApiError(400, "Bad Request: message can't be deleted for everyone")
    del person.messages[message["message_id"]]
    await world.touch()
    return True


async def delete_messages(world: World, given: Parameters) -> Any:
    """Delete up to 100 messages; those that are not there are passed over."""
    person = world.person(given.get("chat_id"))
    ids = given.get("message_ids") or []
    if not 1 <= len(ids) <= 100:
        raise BotApiError(400, "Bad Request: too many message identifiers specified")
    found = [person.messages[int(i)] for i in ids if int(i) in person.messages]
    if any(not world.deletable(message) for message in found):
        raise BotApiError(400, "Bad Request: message can't be deleted for everyone")
    for message in found:
        del person.messages[message["message_id"]]
    await world.touch()
    return True


async def answer_callback(world: World, given: Parameters) -> Any:
    """Stop the spinner of a pressed button, once."""
    held = world.callbacks.pop(str(given.get("callback_query_id")), None)
    if held is None or held[2] < world.now() - CALLBACK_SECONDS:
        raise BotApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    person = world.people[held[0]]
    person.pressed.discard(held[1])
    person.toast = given.get("text")
    await world.touch()
    return True


async def send_action(world: World, given: Parameters) -> Any:
    """Show "typing" for five seconds."""
    world.person(given.get("chat_id")).typing_until = world.now() + 5
    await world.touch()
    return True


async def get_chat(world: World, given: Parameters) -> Any:
    """Return a chat."""
    return world.person(given.get("chat_id")).chat() | {"accent_color_id": 0, "max_reaction_count": 11}


async def set_commands(world: World, given: Parameters) -> Any:
    """Set the commands of a scope and language."""
    commands = given.get("commands") or []
    for command in commands:
        if not 1 <= len(command["command"]) <= 32 or not 1 <= len(command["description"]) <= 256:
            raise BotApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    world.commands[_scope(given)] = commands
    await world.touch()
    return True


async def get_commands(world: World, given: Parameters) -> Any:
    """Return the commands of a scope and language."""
    return world.commands.get(_scope(given), [])


async def delete_commands(world: World, given: Parameters) -> Any:
    """Forget the commands of a scope and language."""
    world.commands.pop(_scope(given), None)
    return True


def text_setter(name: str, limit: int) -> Method:
    """Return the method that sets the bot's name or a description."""

    async def setter(world: World, given: Parameters) -> Any:
        text = str(given.get(name) or "")
        if len(text) > limit:
            raise BotApiError(400, f"Bad Request: {name} is too long")
        world.texts[(name, str(given.get("language_code") or ""))] = text
        await world.touch()
        return True

    return setter


def text_getter(name: str) -> Method:
    """Return the method that tells the bot's name or a description."""

    async def getter(world: World, given: Parameters) -> Any:
        own = world.texts.get((name, str(given.get("language_code") or "")))
        return {name: own if own is not None else world.texts.get((name, ""), "")}

    return getter


async def accept(world: World, given: Parameters) -> Any:
    """Accept a call that changes nothing that the page shows."""
    return True


async def set_webhook(world: World, given: Parameters) -> Any:
    """Send updates to an address instead of keeping them for polling."""
    world.webhook = {"url": str(given.get("url") or ""), "secret_token": given.get("secret_token")}
    await world.touch()
    return True


async def delete_webhook(world: World, given: Parameters) -> Any:
    """Go back to polling."""
    world.webhook = {"url": ""}
    if given.get("drop_pending_updates"):
        world.updates.clear()
    await world.touch()
    return True


async def webhook_info(world: World, given: Parameters) -> Any:
    """Return where updates go and how many wait."""
    return {
        "url": world.webhook["url"],
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }


METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_other,
    "senddocument": send_other,
    "sendvenue": send_other,
    "editmessagetext": edit_text,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback,
    "sendchataction": send_action,
    "getchat": get_chat,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmyname": text_setter("name", 64),
    "getmyname": text_getter("name"),
    "setmydescription": text_setter("description", 512),
    "getmydescription": text_getter("description"),
    "setmyshortdescription": text_setter("short_description", 120),
    "getmyshortdescription": text_getter("short_description"),
    "setchatmenubutton": accept,
    "logout": accept,
    "close": accept,
    "leavechat": accept,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
}

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _text(given: Parameters) -> tuple[str, list[dict[str, Any]]]:
    raw = str(given.get("text") or "")
    entities: list[dict[str, Any]] = []
    if given.get("parse_mode") == "HTML":
        try:
            raw, entities = parse_html(raw)
        except ParseError as error:
            raise BotApiError(400, f"Bad Request: {error}") from error
    text = raw.strip()
    if not text:
        raise BotApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise BotApiError(400, "Bad Request: message is too long")
    return text, entities


def _markup(given: Parameters) -> dict[str, Any] | None:
    markup = given.get("reply_markup")
    if not markup:
        return None
    for row in markup.get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if not button.get("text"):
                raise BotApiError(400, "Bad Request: inline keyboard button text is empty")
            if data is not None and not 1 <= len(data.encode()) <= CALLBACK_LIMIT:
                raise BotApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return dict(markup) if markup.get("inline_keyboard") or markup.get("keyboard") else None


def _set_markup(message: dict[str, Any], markup: dict[str, Any] | None) -> None:
    if markup:
        message["reply_markup"] = markup
    else:
        message.pop("reply_markup", None)


def _own_message(world: World, given: Parameters) -> dict[str, Any]:
    person: Person = world.person(given.get("chat_id"))
    message = person.messages.get(_integer(given, "message_id"))
    if message is None:
        raise BotApiError(400, "Bad Request: message to edit not found")
    if not message["from"]["is_bot"]:
        raise BotApiError(400, "Bad Request: message can't be edited")
    return message


def _integer(given: Parameters, name: str) -> int:
    try:
        return int(given[name])
    except (KeyError, TypeError, ValueError):
        raise BotApiError(400, f"Bad Request: {name} is not specified") from None


def _scope(given: Parameters) -> tuple[str, str]:
    return json.dumps(given.get("scope") or {"type": "default"}, sort_keys=True), str(given.get("language_code") or "")
