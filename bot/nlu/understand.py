"""`korpu understand`: what the running bot would make of each line, by the same code and thresholds."""

import asyncio
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot.gateway.danger import DangerGate, load_gate
from bot.i18n import LOCALES_DIR, load_locales
from bot.nlu.decide import decide

MODELS = Path("models")


class NoModel(Exception):
    """There is no trained model; the message says what to do."""


def newest_model(directory: Path = MODELS) -> Path:
    """Return the newest trained model; raise `NoModel` if there is none."""
    models = sorted(directory.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModel("There is no trained model. Run `make train` first.")
    return models[-1]


async def read_lines(lines: TextIO, out: TextIO, *, language: str | None, words: Path = LOCALES_DIR) -> None:
    """Print one JSON object a line of input."""
    agent = Agent.load(str(newest_model()))
    gate = load_gate(words)
    for line in lines:
        print(json.dumps(await _understand(agent, gate, line.rstrip("\n"), language), ensure_ascii=False), file=out)
        out.flush()


async def _understand(agent: Agent, gate: DangerGate, text: str, language: str | None) -> dict[str, Any]:
    started = time.perf_counter()
    finding = gate.check(text, language=language)
    parsed = await agent.parse_message(text.lstrip("/ "))
    understood = decide(parsed, chosen=language, hint=None)
    spent = round((time.perf_counter() - started) * 1000, 2)
    answer = understood.as_dict()
    del answer["language_confidence"]
    return answer | {"danger": finding.danger.value if finding else None, "ms": spent}


def main(language: str | None = None, words: Path = LOCALES_DIR) -> int:
    """Read standard input until it ends; `words` is the folder that the bot reads. Return the exit code."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    if language is not None and language not in (served := load_locales(words).languages):
        print(f"--lang is {language!r}; the bot serves {', '.join(served)}.", file=sys.stderr)
        return 2
    try:
        asyncio.run(read_lines(sys.stdin, sys.stdout, language=language, words=words))
    except NoModel as error:
        print(error, file=sys.stderr)
        return 2
    return 0
