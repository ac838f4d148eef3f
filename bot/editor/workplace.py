"""Where the files are that editors change on these pages."""

from flask import g

from bot.content.changing import Author, Place
from referral.console.context import console


def place() -> Place:
    """Return the editors' files of the present request, and the folder of what is kept about them."""
    return Place(console().locales, console().data_dir)


def author() -> Author:
    """Return who is signed in, as changes are signed."""
    return Author(g.who.login)
