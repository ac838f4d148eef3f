"""An editor with a browser, over HTTP: forms are filled in as a person does, all else in them stays as it is."""

import lxml.html

from tests.system.running import System
from tests.system.staff import Caseworker

LOGIN = "demo-editor"


class Editor(Caseworker):
    """Sign in to the editors' pages of the demonstration and save forms."""

    def __init__(self, system: System) -> None:
        super().__init__(system.console, (LOGIN, system.account[1]))

    async def save(self, path: str, button: tuple[str, str], **typed: str) -> str:
        """Fill in the form of a page that has these fields and press a button of it; return the page that follows."""
        page = await self.page(path)
        fields = await self.fields(path, *typed)
        return await self.post(path, page, **{**fields, **typed, button[0]: button[1]})

    async def fields(self, path: str, *names: str) -> dict[str, str]:
        """Return what a form of a page is filled in with; it is the one that has these fields."""
        forms = lxml.html.fromstring(await self.page(path)).forms
        form = next(form for form in forms if set(names) <= set(form.fields))
        return {name: value or "" for name, value in form.form_values() if name != "csrf_token"}
