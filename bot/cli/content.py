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
def todo(
    lang: Annotated[str | None, typer.Option(help="One language, such as ur; all that are unfinished if none.")] = None,
) -> int:
    """Say by name what is still to be written in languages and answers that are not shown yet.

    Ends with 1 when something is missing.
    """
    from bot.content import commands

    return commands.todo(lang)


@app.command("new-language")
def new_language(
    code: Annotated[str, typer.Argument(help="The language's code of two or three letters (ISO 639), such as ur.")],
    name: Annotated[str | None, typer.Option(help="What the language calls itself; Babel's name if left out.")] = None,
    hint: Annotated[list[str] | None, typer.Option(help="A code in Telegram that means it; may be repeated.")] = None,
) -> int:
    """Make every file of a new language, with the places where something is to be written.

    It is offered to nobody before you say so: docs/guides/add-a-language.md.
    """
    from bot.content import commands

    return commands.new_language(code, name=name, hints=hint or ())


@app.command("new-answer")
def new_answer(
    intent: Annotated[str, typer.Argument(help="The name of the intent: small letters and _, such as work_pension.")],
    topic: Annotated[str, typer.Option(help="The topic of the menu that it stands under, such as work.")],
    title: Annotated[str, typer.Option(help="The button that leads to it, in English, at most 32 characters.")],
    asks: Annotated[str, typer.Option(help="What a message means that it answers; the title if left out.")] = "",
    examples: Annotated[
        Path | None, typer.Option(help="A YAML file of what people asked: language → list of messages.")
    ] = None,
) -> int:
    """Make a place for a new answer in every file: catalogue, domain, rule, texts, translations, examples.

    Nobody is shown it, and nothing is learned of it, before `korpu content finish`: docs/guides/add-an-answer.md.
    """
    from bot.content import commands
    from bot.content.scaffold import NewAnswer, read_asked

    asked = read_asked(examples) if examples is not None else {}
    return commands.new_answer(NewAnswer(intent, topic, title, asks, examples=asked))


@app.command()
def finish(intent: Annotated[str, typer.Argument(help="The name of the answer's intent.")]) -> int:
    """Show an answer to people from the next training on, if nothing of it is missing."""
    from bot.content import commands

    return commands.finish(intent)


@app.command()
def update(
    lang: Annotated[str | None, typer.Option(help="Only this language, such as ur.")] = None,
    translations: Annotated[
        Path | None, typer.Option(help="A YAML file, name of the text: translation, to be put into that language.")
    ] = None,
) -> int:
    """Bring changes of the English sources into every language's PO files."""
    from bot.content import commands

    return commands.update(lang, translations)


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
