"""`korpu content`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The editors' files: texts, facts, translations.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Only these files; all if none is named.")] = None,
    lang: Annotated[str | None, typer.Option(help="The language of the messages: az, en or ru.")] = None,
    locales: Annotated[Path | None, typer.Option(help="The folder of the files.")] = None,
) -> int:
    """Say what is wrong with the texts and facts: file, entry, what it is, how to mend it.

    Ends with 1 when there is a mistake. A warning is not one.
    """
    from bot.content import commands

    return commands.check(files or [], lang=lang, locales=locales)


@app.command()
def status(lang: Annotated[str | None, typer.Option(help="The language of the messages: az, en or ru.")] = None) -> int:
    """Say what people read since when, and why the files as they are now are not shown, if they are not.

    Ends with 1 when they are not.
    """
    from bot.content import commands

    return commands.status(lang=lang)


@app.command()
def update() -> int:
    """Bring changes of the English sources into every language's PO files."""
    from bot.content import commands

    return commands.update()


@app.command()
def report() -> int:
    """Write docs/content.md: what there is in each language, and who has read it."""
    from bot.content import commands

    return commands.report()
