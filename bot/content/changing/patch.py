"""A change as a patch that git takes: `git am 0007-answer-work_unpaid.patch`."""

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Iterator, Sequence
from email.header import Header
from email.utils import format_datetime

from bot.content.changing.edit import Author
from bot.content.changing.trial import FileChange

SEPARATOR = f"From {'0' * 40} Mon Sep 17 00:00:00 2001"  # by which git knows a patch of its own form
HOST = "korpu.invalid"  # staff have logins, and no mail addresses here
NO_NEWLINE = "\\ No newline at end of file\n"
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9._-]")
MODE = "100644"


def patch_of(
    root: str,
    changes: Sequence[FileChange],
    *,
    author: Author,
    at: dt.datetime,
    subject: str,
    lines: Sequence[str],
) -> str:
    """Return an mbox with one patch; `root` is the name of the folder of the files, which may be empty.

    `lines` go below the subject. Each is one line of the form "Word: …", so that nothing in it can be taken for a
    header or a diff.
    """
    body = "".join(f"{' '.join(line.split())}\n" for line in lines)
    diffs = "".join(_diff(root, change) for change in changes)
    return (
        f"{SEPARATOR}\n"
        f"From: {_encoded(author.name or author.login)} <{_NOT_IN_ADDRESS.sub('-', author.login)}@{HOST}>\n"
        f"Date: {format_datetime(at)}\n"
        f"Subject: {_encoded(f'[PATCH] {subject}')}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"\n{body}---\n\n{diffs}--\nKörpü\n\n"
    )


def _encoded(text: str) -> str:
    """Return a header's text on one line; quoted or encoded where it has other signs than letters."""
    flat = " ".join(text.split())
    if re.fullmatch(r"[\w .:/\[\]-]*", flat, re.ASCII):
        return flat
    return Header(flat, "utf-8", maxlinelen=10_000).encode(linesep="\n")


def _diff(root: str, change: FileChange) -> str:
    name = f"{root}/{change.file}".lstrip("/")
    before, after = _lines(change.before), _lines(change.after)
    found = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    body = "".join(line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}" for line in found)
    return f"diff --git a/{name} b/{name}\nindex {_blob(change.before)}..{_blob(change.after)} {MODE}\n{body}"


def _lines(content: bytes) -> list[str]:
    return list(_kept_ends(content.decode("utf-8")))


def _kept_ends(text: str) -> Iterator[str]:
    """Yield lines as git knows them: only a line feed ends one."""
    *whole, rest = text.split("\n")
    yield from (f"{line}\n" for line in whole)
    if rest:
        yield rest


def _blob(content: bytes) -> str:
    """Return the name that git gives to a file's content, so that it can merge a patch that no longer fits."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
