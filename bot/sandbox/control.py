"""What tests, scripts and the page can do for the simulated people: /sandbox/…"""

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, web

from bot.i18n import LOCALES_DIR
from bot.languages import offered
from bot.sandbox.api import WORLD
from bot.sandbox.world import BOT, Fault, Person, World

OTHER_KINDS: dict[str, dict[str, Any]] = {
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
    "contact": {"contact": {"phone_number": "+100000", "first_name": "X"}},
    "location": {"location": {"latitude": 40.4, "longitude": 49.9}},
    "document": {"document": {"file_id": "d", "file_unique_id": "d"}},
    "poll": {"dice": {"emoji": "🎲", "value": 3}},
}
WAIT_SECONDS = 25.0


def add_routes(app: web.Application) -> None:
    """Add the routes of the control interface."""
    app.router.add_get("/sandbox/state", state)
    app.router.add_get("/sandbox/languages", languages)
    app.router.add_post("/sandbox/people", add_person)
    app.router.add_post("/sandbox/people/{person}/{act}", act)
    app.router.add_post("/sandbox/settings", settings)


async def state(request: web.Request) -> web.Response:
    """Return everything that the page shows, once it differs from `version`."""
    world = request.app[WORLD]
    given = int(request.query.get("version", "-1"))
    version = await world.wait_change(given, WAIT_SECONDS) if given == world.version else world.version
    return web.json_response(
        {
            "version": version,
            "bot": BOT,
            "people": [_person(world, person) for person in world.people.values()],
            "calls": world.calls,
            "waiting": len(world.updates),
        }
    )


async def languages(_request: web.Request) -> web.Response:
    """Return the languages that Telegram's app may be in: those that the bot offers."""
    found = offered(LOCALES_DIR).values()
    return web.json_response([{"code": language.code, "name": language.name} for language in found])


async def add_person(request: web.Request) -> web.Response:
    """Add a person."""
    body = await request.json()
    world = request.app[WORLD]
    person = world.add_person(str(body.get("name") or "Person"), str(body.get("language") or "en"))
    await world.touch()
    return web.json_response(_person(world, person))


async def act(request: web.Request) -> web.Response:
    """Do something as a person: text, press, edit, delete, clear, block, unblock, group, or another kind of message."""
    world = request.app[WORLD]
    person = world.people.get(int(request.match_info["person"]))
    if person is None:
        raise web.HTTPNotFound(text="There is no such person.")
    name = request.match_info["act"]
    body = await request.json() if request.can_read_body else {}
    handler = ACTS.get(name)
    if handler is not None:
        update_id = await handler(world, person, body)
    elif name in OTHER_KINDS:
        content = OTHER_KINDS[name] | ({"caption": body["caption"]} if body.get("caption") else {})
        update_id = await world.add_update("message", world.new_message(person, from_bot=False, **content))
    else:
        raise web.HTTPNotFound(text="There is no such act.")
    return web.json_response({"update_id": update_id})


async def settings(request: web.Request) -> web.Response:
    """Set faults, the pace limit and the clock; `redeliver` puts an update in the queue again."""
    world, body = request.app[WORLD], await request.json()
    if "fault" in body:
        world.faults.append(Fault(**body["fault"]))
    if "limit_per_second" in body:
        world.limit_per_second = body["limit_per_second"]
    if "clock_offset" in body:
        world.clock_offset = float(body["clock_offset"])
    if "redeliver" in body:
        world.updates.append(body["redeliver"])
    await world.touch()
    return web.json_response({"ok": True})


async def _text(world: World, person: Person, body: dict[str, Any]) -> int:
    content: dict[str, Any] = {"text": str(body["text"])}
    if content["text"].startswith("/"):
        length = len(content["text"].split()[0])
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return await world.add_update("message", world.new_message(person, from_bot=False, **content))


async def _press(world: World, person: Person, body: dict[str, Any]) -> int:
    message = person.messages.get(int(body["message_id"]))
    if message is None:
        raise web.HTTPNotFound(text="There is no such message.")
    query = {
        "id": world.new_callback(person, message["message_id"]),
        "from": person.user(),
        "message": message,
        "chat_instance": "1",
        "data": body["data"],
    }
    return await world.add_update("callback_query", query)


async def _edit(world: World, person: Person, body: dict[str, Any]) -> int:
    message = person.messages[int(body["message_id"])]
    changed: dict[str, Any] = {key: str(body[key]) for key in ("text", "caption") if key in body}
    message.update(changed, edit_date=int(world.now()))
    return await world.add_update("edited_message", message)


async def _delete(world: World, person: Person, body: dict[str, Any]) -> int:
    person.messages.pop(int(body["message_id"]), None)
    await world.touch()
    return 0


async def _clear(world: World, person: Person, body: dict[str, Any]) -> int:
    person.messages.clear()
    await world.touch()
    return 0


async def _block(world: World, person: Person, body: dict[str, Any]) -> int:
    person.blocked = True
    return await _member(world, person, "member", "kicked")


async def _unblock(world: World, person: Person, body: dict[str, Any]) -> int:
    person.blocked = False
    return await _member(world, person, "kicked", "member")


async def _member(world: World, person: Person, old: str, new: str) -> int:
    def member(status: str) -> dict[str, Any]:
        return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    change = {
        "chat": person.chat(),
        "from": person.user(),
        "date": int(world.now()),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
    return await world.add_update("my_chat_member", change)


async def _group(world: World, person: Person, body: dict[str, Any]) -> int:
    message = {
        "message_id": 1,
        "date": int(world.now()),
        "chat": {"id": -100, "type": "group", "title": "Group"},
        "from": person.user(),
        "text": str(body["text"]),
    }
    return await world.add_update("message", message)


ACTS = {
    "text": _text,
    "press": _press,
    "edit": _edit,
    "delete": _delete,
    "clear": _clear,
    "block": _block,
    "unblock": _unblock,
    "group": _group,
}


def _person(world: World, person: Person) -> dict[str, Any]:
    commands = {key[1]: value for key, value in world.commands.items() if '"default"' in key[0]}
    described = world.texts.get(("description", person.language)) or world.texts.get(("description", ""), "")
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "blocked": person.blocked,
        "typing": person.typing_until > world.now(),
        "toast": person.toast,
        "pressed": sorted(person.pressed),
        "messages": list(person.messages.values()),
        "commands": commands.get(person.language) or commands.get("", []),
        "description": described,
    }


async def push_to_webhook(app: web.Application) -> None:
    """Deliver updates to the webhook, in order, again and again until it answers 200."""
    world = app[WORLD]
    async with ClientSession() as session:
        pause = 0.1
        while True:
            if not (world.webhook["url"] and world.updates):
                await world.wait_change(world.version, 5.0)
                continue
            update = world.updates[0]
            headers = {"X-Telegram-Bot-Api-Secret-Token": world.webhook.get("secret_token") or ""}
            try:
                async with session.post(world.webhook["url"], json=update, headers=headers) as response:
                    accepted = response.status == 200
            except ClientError:
                accepted = False
            if accepted and world.updates and world.updates[0] is update:
                world.updates.popleft()
                pause = 0.1
            elif not accepted:
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
