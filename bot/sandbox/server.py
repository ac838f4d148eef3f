"""The stand-in's web application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.api import WORLD, handle
from bot.sandbox.control import add_routes, push_to_webhook
from bot.sandbox.world import World

STATIC = Path(__file__).with_name("static")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@web.middleware
async def only_loopback(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign host names (DNS rebinding) and pages of other origins."""
    host = request.headers.get("Host", "").rsplit(":", 1)[0]
    origin = request.headers.get("Origin")
    if host not in LOOPBACK or (origin is not None and origin != f"http://{request.headers['Host']}"):
        return web.Response(status=403, text="The sandbox answers this computer only.")
    response = await handler(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def make_app() -> web.Application:
    """Return a fresh stand-in."""
    app = web.Application(middlewares=[only_loopback], client_max_size=4 * 1024 * 1024)
    app[WORLD] = World()
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", handle)
    app.router.add_get("/health", _health)
    app.router.add_get("/", _page)
    app.router.add_static("/static", STATIC)
    add_routes(app)
    app.cleanup_ctx.append(_webhook)
    return app


async def _health(_request: web.Request) -> web.Response:
    return web.json_response({"healthy": True})


async def _page(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _webhook(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(push_to_webhook(app))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
