"""`python -m bot.content check|status|update|report`: for the editors' files; `korpu content` does the same."""

import sys
from pathlib import Path

from bot.content import commands
from bot.errors import OperatorError

USAGE = """Usage: python -m bot.content check [FILE…]   say what is wrong with texts and facts, or with those files
       python -m bot.content status          say what people read since when, and why other files are not shown
       python -m bot.content update          bring changes of the English sources into every language's PO files
       python -m bot.content report          write docs/content.md and the badges: what there is, who has read it"""


def main(arguments: list[str]) -> int:
    """Do what is asked; return the exit code."""
    match arguments:
        case ["check", *files] if not any(file.startswith("-") for file in files):
            return commands.check([Path(file) for file in files])
        case ["status"]:
            return commands.status()
        case ["update"]:
            return commands.update()
        case ["report"]:
            return commands.report()
        case _:
            print(USAGE, file=sys.stderr)
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OperatorError as error:
        sys.exit(str(error))
