"""`korpu content`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.paths import ROOT

app = typer.Typer(help="The editors' files: texts, facts, translations.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Only these files; all if none is named.")] = None,
    lang: Annotated[str | None, typer.Option(help="The language of the messages: az, en or ru.")] = None,
    locales: Annotated[Path, typer.Option(help="The folder of the files.")] = ROOT / "locales",
) -> int:
    """Say what is wrong with the texts and facts: file, entry, what it is, how to mend it.

    Ends with 1 when there is a mistake. A warning is not one.
    """
    from bot.content import commands

    return commands.check(files or [], lang=lang, locales=locales)


@app.command()
def update() -> int:
    """Bring changes of the English sources into every language's PO files."""
    from bot.content import commands

    return commands.update()


@app.command()
def report() -> int:
    """Write docs/content.md and docs/badges: what there is, who has read it, what is due."""
    from bot.content import commands

    return commands.report()


@app.command()
def gaps(
    lang: Annotated[str | None, typer.Option(help="Only questions in this language, such as az.")] = None,
    write: Annotated[
        tuple[int, Path] | None, typer.Option(help="Write the examples of a group, by its number, to this file.")
    ] = None,
) -> int:
    """Show what at least three people asked and got no answer to, on the console's host; nothing in it is personal."""
    from bot.cli.gaps import lines_of, open_needs, write_examples
    from bot.cli.run import say
    from bot.settings import Settings

    found = open_needs(Settings.from_env(), lang)
    if write is None:
        for line in lines_of(found):
            say(line)
        return 0
    number, path = write
    write_examples(found, number, path)
    say(f"Wrote {path}, for `korpu content new-answer --examples {path}`.")
    return 0
