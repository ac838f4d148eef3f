"""The Bot API over HTTP: /bot<token>/<method>, with Telegram's envelopes, faults on request, and getUpdates."""

import json
import re
import time
from typing import Any

from aiohttp import web

from bot.sandbox.methods import METHODS, PER_SECOND_METHODS
from bot.sandbox.world import BotApiError, Fault, World

WORLD = web.AppKey("world", World)
TOKEN = re.compile(r"\d+:[\w-]+")
JSON_PARAMETERS = {"reply_markup", "commands", "scope", "allowed_updates", "message_ids", "link_preview_options"}
MOST_UPDATES = 100


async def handle(request: web.Request) -> web.StreamResponse:
    """Answer one call of a bot."""
    world = request.app[WORLD]
    method = request.match_info["method"].lower()
    if not TOKEN.fullmatch(request.match_info["token"]):
        return _error(BotApiError(401, "Unauthorized"))
    world.calls[method] += 1
    fault = _fault(world, method)
    if fault is not None and fault.status == 0:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    try:
        _raise_fault(fault)
        _check_pace(world, method)
        given = await _parameters(request)
        if method == "getupdates":
            result = await get_updates(world, given)
        elif method in METHODS:
            result = await METHODS[method](world, given)
        else:
            raise BotApiError(404, "Not Found: method not found")
    except BotApiError as error:
        return _error(error)
    return web.json_response({"ok": True, "result": result})


async def get_updates(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what waits; an offset acknowledges everything below it; two pollers at once conflict."""
    if world.webhook["url"]:
        raise BotApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
    if world.pollers:
        raise BotApiError(409, "Conflict: terminated by other getUpdates request; make sure only one bot is running")
    world.pollers += 1
    try:
        return await _fetch(world, given)
    finally:
        world.pollers -= 1


async def _fetch(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    offset = int(given.get("offset") or 0)
    limit = min(MOST_UPDATES, max(1, int(given.get("limit") or MOST_UPDATES)))
    deadline = time.monotonic() + float(given.get("timeout") or 0)
    while offset < 0 and len(world.updates) > -offset:
        world.updates.popleft()
    while offset > 0 and world.updates and world.updates[0]["update_id"] < offset:
        world.updates.popleft()
    while not world.updates and time.monotonic() < deadline:
        await world.wait_change(world.version, min(1.0, deadline - time.monotonic()))
    return list(world.updates)[:limit]


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given: dict[str, Any] = dict(request.query)
    if request.method == "POST":
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in JSON_PARAMETERS & given.keys():
        try:
            given[key] = json.loads(given[key])
        except ValueError:
            raise BotApiError(400, f"Bad Request: can't parse {key}") from None
    for key in ("protect_content", "drop_pending_updates", "show_alert"):
        if isinstance(given.get(key), str):
            given[key] = given[key].lower() == "true"
    return given


def _fault(world: World, method: str) -> Fault | None:
    for fault in world.faults:
        if fault.method.lower() in {method, "*"} and fault.left > 0:
            fault.left -= 1
            return fault
    return None


def _raise_fault(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.status == 429:
        after = fault.retry_after
        raise BotApiError(429, f"Too Many Requests: retry after {after}", retry_after=after)
    raise BotApiError(fault.status, {403: "Forbidden: bot was blocked by the user"}.get(fault.status, "Bad Gateway"))


def _check_pace(world: World, method: str) -> None:
    if world.limit_per_second is None or method not in PER_SECOND_METHODS:
        return
    now = time.monotonic()
    while world.sent_at and world.sent_at[0] < now - 1:
        world.sent_at.popleft()
    if len(world.sent_at) >= world.limit_per_second:
        raise BotApiError(429, "Too Many Requests: retry after 1", retry_after=1)
    world.sent_at.append(now)


def _error(error: BotApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)
