"""What `korpu run` prints when everything is ready."""

from bot.supervisor.prepare import Prepared
from referral.demo import EDITORS

RULE = "─" * 78


def lines(prepared: Prepared, *, chat: str, console: str) -> list[str]:
    """Return the lines; the last one is for programs and stays as it is."""
    text = ["", RULE]
    if prepared.organisation.demo:
        text += [
            "DEMONSTRATION KEYS: made automatically, with a passphrase that lies in a file.",
            "Do not use this with real people until `korpu init` has made real keys.",
            RULE,
        ]
    text += [f"Chat      {chat}", f"Console   {console}"]
    if prepared.account is not None:
        text += [f"Sign in   login: {prepared.account.login}   passphrase: {prepared.account.passphrase}"]
        text += [f"Editors   login: {' or '.join(EDITORS)}, with the same passphrase"]
    return [*text, "Ctrl-C stops everything.", RULE, f"ready chat={chat} console={console}"]
