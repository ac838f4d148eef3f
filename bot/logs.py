"""Logs that an operator can send to somebody else: they name what failed and where, never what a person wrote.

A traceback shows lines of the program; the message of an exception may quote what was being worked on. So the message
is left out, except for errors whose messages hold nothing of a case by their own rule.
"""

import logging
import sys
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

from bot.errors import OperatorError

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Errors = tuple[type[BaseException], ...]
SAFE_ERRORS: Errors = (OperatorError, OSError, ImportError)
SAFE_KEYS = frozenset({"event", "level", "exc_info", "action_name", "error"})

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Format exceptions without their messages, but for those of `safe` types."""

    def __init__(self, safe: Errors = ()) -> None:
        super().__init__(FORMAT)
        self._safe = SAFE_ERRORS + safe

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, without the text of an exception that another formatter may have left in it."""
        record.exc_text = None
        text = super().format(record)
        record.exc_text = None
        return text

    def formatException(self, ei: ExcInfo) -> str:
        """Return the frames and the type, for the exception and for those that caused it."""
        return describe(ei[1], safe=self._safe) if ei[1] is not None else ""


def describe(error: BaseException, *, safe: Errors = SAFE_ERRORS) -> str:
    """Return where an exception came from and its type; its message only if its type is one of `safe`."""
    parts = []
    cause = error.__cause__ or error.__context__
    if cause is not None:
        parts.append(describe(cause, safe=safe) + "\n… which led to:")
    parts.append("".join(traceback.format_tb(error.__traceback__)).rstrip())
    parts.append(f"{type(error).__name__}: {error}" if isinstance(error, safe) else type(error).__name__)
    return "\n".join(part for part in parts if part)


def configure_logging(level: int = logging.INFO, *, safe: Errors = ()) -> None:
    """Send the logs of this process to standard output in this format, replacing what was set up before.

    `safe` are further types of exceptions whose messages may be shown.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(DiscreetFormatter(safe))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def drop_warnings() -> None:
    """Show no Python warnings: libraries reset the filters, and some of Rasa's warnings quote a person's message."""

    def drop(*_arguments: object, **_keywords: object) -> None:
        """Drop one."""

    warnings.showwarning = drop


def configure_structlog_discreetly(level: int = logging.WARNING) -> None:
    """Let structlog keep an event's name and drop its values.

    Rasa's own set-up renders local variables of every frame as JSON, and with them the text of the message.
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.processors.add_log_level, _render],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _render(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> tuple[tuple[str], Mapping[str, Any]]:
    kept = {key: value for key, value in event.items() if key in SAFE_KEYS}
    exc_info = kept.pop("exc_info", None)
    name = str(kept.pop("event", "event"))
    kept.pop("level", None)
    details = " ".join(f"{key}={_short(value)}" for key, value in kept.items())
    return (f"{name} {details}".rstrip(),), {"exc_info": exc_info} if exc_info else {}


def _short(value: object) -> str:
    return type(value).__name__ if isinstance(value, BaseException) else repr(value)[:80]
