"""The doctor's checks. None of them changes anything."""

import asyncio
import datetime as dt
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import aiohttp
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.cli.checkup_content import examine_content
from bot.cli.checkup_database import examine_database
from bot.cli.finding import Finding, fault, note, ok
from bot.errors import OperatorError
from bot.models import newest_model
from bot.paths import MODELS, ROOT
from bot.settings import Settings, database_variable
from bot.supervisor.health import Health, probe
from bot.supervisor.lock import is_held
from bot.supervisor.ports import check_ports
from bot.supervisor.preflight import check_configuration, check_danger, check_words
from bot.supervisor.processes import process_list
from bot.supervisor.spec import ProcessSpec
from bot.supervisor.telegram import bot_username
from bot.training import check_project, fingerprint

SMALLEST_FREE = 500 * 1000 * 1000
PROBE_SECONDS = 3.0


def examine(settings: Settings) -> list[Finding]:
    """Return what was found, in the order in which one would mend it."""
    words = settings.released.folder()
    return [
        _attempt("configuration", check_configuration, "config.yml, domain.yml, endpoints.yml, credentials.yml"),
        _attempt("words", lambda: check_words(words), "every language can be read"),
        _attempt("danger gate", lambda: check_danger(words), "every pattern can be used"),
        *examine_content(settings),
        _attempt("training data", lambda: check_project(ROOT), "catalogue, domain, examples and rules fit"),
        _model(words),
        _facts(words),
        *_data_dir(settings.data_dir),
        *_database_url(settings),
        *examine_database(settings),
        _telegram(settings),
        *_processes(settings),
    ]


def _attempt(subject: str, check: Callable[[], None], good: str) -> Finding:
    try:
        check()
    except OperatorError as error:
        return fault(subject, str(error))
    return ok(subject, good)


def _model(words: Path) -> Finding:
    try:
        newest = newest_model()
    except OperatorError as error:
        return fault("model", str(error))
    wanted = MODELS / f"korpu-{fingerprint(ROOT, words)}.tar.gz"
    if newest != wanted:
        return note("model", "its inputs have changed; the next `korpu run` or `korpu train` trains it anew")
    return ok("model", f"up to date ({newest.name})")


def _facts(words: Path) -> Finding:
    from bot.facts import FactError, load_facts

    try:
        facts = load_facts(words / "facts.yml").facts.values()
    except (FactError, OSError, KeyError) as error:
        return fault("facts", str(error))
    due = sorted(fact.name for fact in facts if fact.review_by < dt.datetime.now(tz=dt.UTC).date())
    if due:
        return note("facts", f"{len(due)} of {len(facts)} are due for review: {', '.join(due[:5])} …")
    return ok("facts", f"{len(facts)} facts, none due for review")


def _data_dir(data_dir: Path) -> list[Finding]:
    if not data_dir.exists():
        return [note("data folder", f"{data_dir} is not there yet; `korpu run` or `korpu init` makes it")]
    findings = []
    for path in (data_dir, *sorted((data_dir / "secrets").glob("*"))):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            findings.append(fault("data folder", f"{path} can be read by others: chmod go= {path}"))
    free = shutil.disk_usage(data_dir).free
    if free < SMALLEST_FREE:
        findings.append(fault("data folder", f"only {free / 1e6:.0f} MB are free on its disk"))
    return findings or [ok("data folder", f"{data_dir}: only its owner can read it, {free / 1e9:.1f} GB are free")]


def _database_url(settings: Settings) -> list[Finding]:
    own = {database_variable(process): url for process, url in settings.own_database_urls.items()}
    named = {"KORPU_DATABASE_URL": settings.database_url, **own}
    return [finding for variable, url in named.items() for finding in _address(variable, url)]


def _address(variable: str, url: str) -> list[Finding]:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return [fault("database", f"{variable} is not of the form postgresql://host/name or sqlite:///path")]
    if parsed.password:
        return [note("database", f"{variable} holds a password; put it into a file and set PGPASSFILE")]
    return []


def _telegram(settings: Settings) -> Finding:
    if settings.sandbox:
        return note("telegram", "TELEGRAM_BOT_TOKEN is not set: the chat is the local sandbox")
    try:
        name = asyncio.run(_username(settings))
    except OperatorError as error:
        return fault("telegram", str(error))
    return ok("telegram", f"{settings.telegram_api_url} knows the bot as @{name}")


async def _username(settings: Settings) -> str:
    async with aiohttp.ClientSession(trust_env=True) as http:
        return await bot_username(
            http, api_url=settings.telegram_api_url, token=settings.bot_token, say=lambda _text: None, wait=0
        )


def _processes(settings: Settings) -> list[Finding]:
    specs = process_list(settings)
    if not is_held(settings.data_dir):
        return [_attempt("ports", lambda: check_ports(specs), "all free; nothing is running")]
    return asyncio.run(_health_of(specs))


async def _health_of(specs: tuple[ProcessSpec, ...]) -> list[Finding]:
    async with aiohttp.ClientSession() as http:
        results = await asyncio.gather(
            *(probe(http, spec.health, since=0, wait=PROBE_SECONDS) for spec in specs),
        )
    return [
        ok(spec.name, "is running and well") if health is Health.WELL else fault(spec.name, f"is {health.value}")
        for spec, health in zip(specs, results, strict=True)
    ]
