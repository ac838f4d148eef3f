"""A caseworker with a browser, over HTTP."""

import re
from types import TracebackType

import aiohttp


class Caseworker:
    """Sign in to the console, take cases, answer."""

    def __init__(self, url: str, account: tuple[str, str]) -> None:
        self._url = url
        self._account = account
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> "Caseworker":
        page = await self.page("/sign-in")
        login, passphrase = self._account
        await self.post("/sign-in", page, login=login, passphrase=passphrase)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def page(self, path: str) -> str:
        """Return a page."""
        async with self._session.get(f"{self._url}{path}") as response:
            return await response.text()

    async def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form of a page; return the page that follows."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        async with self._session.post(f"{self._url}{path}", data={"csrf_token": token[1], **fields}) as response:
            return await response.text()

    async def cases(self, tab: str = "waiting") -> list[str]:
        """Return the ids of the cases in a tab."""
        return list(dict.fromkeys(re.findall(r'href="/case/([0-9a-f-]{36})"', await self.page(f"/queue?tab={tab}"))))

    async def find(self, words: str) -> str:
        """Return the waiting case in which something was written."""
        for case in await self.cases():
            if words in await self.page(f"/case/{case}"):
                return case
        raise AssertionError("no waiting case has these words")

    async def take(self, case: str) -> str:
        """Claim a case."""
        return await self.post(f"/case/{case}/claim", await self.page("/queue"))

    async def answer(self, case: str, text: str) -> str:
        """Reply to the person."""
        return await self.post(f"/case/{case}/reply", await self.page(f"/case/{case}"), text=text)
