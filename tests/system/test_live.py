"""An editor saves a file: seconds later people in every language are answered in the new words. Nothing restarts."""

import asyncio
import html
import re
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.content.catalogues import entries_of, path_of, read_catalogue, update
from bot.content.live.state import State, read_state
from bot.i18n import LOCALES_DIR, SOURCE_LANGUAGE, Locales, load_locales
from bot.sandbox.client import SandboxClient, SimulatedPerson
from tests.content.edits import replaced, within
from tests.system.editor import Editor
from tests.system.people import choose_language, first_line
from tests.system.running import System, running_system
from tests.system.staff import Caseworker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
SECONDS = 5.0  # from saving to being shown
QUESTION, ANSWER, FACT = "what is the minimum wage", "work_minimum_wage", "minimum_wage"
DANGER, NUMBER = "my husband is hitting me help", "hotline_emergency"
FACTS, ANSWERS = "facts.yml", "source/answers.yml"
FACT_PAGE, TEXT_PAGE = f"/editor/facts/{FACT}/change", f"/editor/text/answer/{ANSWER}"
People = dict[str, SimulatedPerson]


async def test_what_an_editor_saves_is_shown_in_seconds_and_what_is_wrong_never(tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES_DIR, locales)
    with running_system(tmp_path, KORPU_LOCALES_DIR=str(locales)) as system:
        async with SandboxClient(system.chat) as client, Caseworker(system.console, system.account) as staff:
            people = {code: await _newcomer(client, code) for code in load_locales(locales).languages}
            pids = _pids(system)
            await _a_number_changes(people, staff, locales)
            await _an_english_answer_changes(people, locales)
            await _its_translations_follow(people, locales)
            await _a_mistake_changes_nothing(people, system, locales)
            await _and_mended_it_is_live(people, system, locales)
            async with Editor(system) as editor:
                await _a_number_changes_on_its_page(people, editor, locales)
                await _an_answer_changes_on_its_page(people, editor, locales)
                await _a_mistake_on_a_page_changes_nothing(people, editor, locales)
            assert _pids(system) == pids


async def _a_number_changes(people: People, staff: Caseworker, locales: Path) -> None:
    assert not await _is_on("<strong>101</strong>", staff.page("/directory"))
    within(FACTS, f"  {FACT}", "value: 400", "value: 455")(locales)
    with _in_time():
        within(FACTS, f"  {NUMBER}", 'value: "112"', 'value: "101"')(locales)
        wage = {code: load_locales(locales).facts.render(FACT, code) for code in people}
        await _until(lambda: _shows(people["az"], QUESTION, wage["az"]))
        await _until(lambda: _shows_card(people["az"], "101"))
        await _until(lambda: _is_on("<strong>101</strong>", staff.page("/directory")))
    await _all(people, lambda code, person: _shows(person, QUESTION, wage[code]))
    await _all(people, lambda _code, person: _shows_card(person, "☎\u00a0101"))


async def _an_english_answer_changes(people: People, locales: Path) -> None:
    old = load_locales(locales)
    with _in_time():
        within(ANSWERS, ANSWER, "This figure is valid from", "It is valid from")(locales)
        await _until(lambda: _shows(people["en"], QUESTION, "It is valid from"))
    for code, person in people.items():
        if code != SOURCE_LANGUAGE:
            note = old.text("answer_other_language", code, language_name="English").strip()
            assert await _shows(person, QUESTION, "It is valid from", _seen(note))


async def _its_translations_follow(people: People, locales: Path) -> None:
    others = {code: person for code, person in people.items() if code != SOURCE_LANGUAGE}
    for code in others:
        held = entries_of(read_catalogue(path_of(locales, code, "answers"), code))[f"answer/{ANSWER}"].string
        update(locales, code, {f"answer/{ANSWER}": str(held).replace("<b>", "<b>• ", 1)})
    with _in_time():
        now, last = load_locales(locales), list(others)[-1]  # those before it may be live earlier
        await _until(lambda: _shows(people[last], QUESTION, _line(now, last)))
    await _all(others, lambda code, person: _shows(person, QUESTION, _line(now, code)))
    assert await _shows(people["en"], QUESTION, "It is valid from")


async def _a_mistake_changes_nothing(people: People, system: System, locales: Path) -> None:
    before = read_state(system.data_dir)
    wage = load_locales(locales).facts.render(FACT, "en")
    with _in_time():
        within(FACTS, f"  {FACT}", "value: 455", 'value: "much"')(locales)
        await _until(lambda: _noted(system, lambda state: state.refused is not None))
    after = read_state(system.data_dir)
    assert (after.version, after.since) == (before.version, before.since)
    assert after.refused is not None
    assert [(f.file, f.entry, f.key) for f in after.refused.findings] == [
        ("locales/facts.yml", FACT, "form.not_of_unit")
    ]
    assert await _shows(people["en"], QUESTION, wage)


async def _and_mended_it_is_live(people: People, system: System, locales: Path) -> None:
    with _in_time():
        replaced(FACTS, 'value: "much"', "value: 460")(locales)
        await _until(lambda: _shows(people["fa"], QUESTION, load_locales(locales).facts.render(FACT, "fa")))
    assert read_state(system.data_dir).refused is None


async def _a_number_changes_on_its_page(people: People, editor: Editor, locales: Path) -> None:
    typed = {"value": "465", "date": "2026-11", "reason": "the new law"}
    assert "465" in await editor.save(FACT_PAGE, ("step", "look"), **typed)
    with _in_time():
        await editor.save(FACT_PAGE, ("step", "save"), **typed)
        wage = {code: load_locales(locales).facts.render(FACT, code) for code in people}
        assert "465" in wage["en"]
        await _until(lambda: _shows(people["ka"], QUESTION, wage["ka"]))
    await _all(people, lambda code, person: _shows(person, QUESTION, wage[code]))


async def _an_answer_changes_on_its_page(people: People, editor: Editor, locales: Path) -> None:
    names = [f"text-{code}-text" for code in people]
    held = await editor.fields(TEXT_PAGE, *names, "reason")
    typed = {name: held[name].replace("*", "*\u2022\u2022 ", 1) for name in names}
    with _in_time():
        await editor.save(TEXT_PAGE, ("save", "1"), reason="two points", **typed)
        now = load_locales(locales)
        await _until(lambda: _shows(people["fa"], QUESTION, "\u2022\u2022", _line(now, "fa")))
    await _all(people, lambda code, person: _shows(person, QUESTION, "\u2022\u2022", _line(now, code)))


async def _a_mistake_on_a_page_changes_nothing(people: People, editor: Editor, locales: Path) -> None:
    before = _bytes(locales)
    held = await editor.fields(TEXT_PAGE, "text-en-text", "reason")
    typed = {"text-en-text": held["text-en-text"].replace("{minimum_wage}", "{minimum_wages}"), "reason": "a slip"}
    page = await editor.save(TEXT_PAGE, ("save", "1"), **typed)
    told = re.findall('(?s)<li class="error">(.*?)</li>', page)
    assert any("minimum_wages" in mistake for mistake in told)
    page = await editor.save(FACT_PAGE, ("step", "save"), value="much", date="2026-11", reason="a slip")
    assert "much" in page
    assert _bytes(locales) == before
    assert await _shows(people["en"], QUESTION, load_locales(locales).facts.render(FACT, "en"))


async def _newcomer(client: SandboxClient, language: str) -> SimulatedPerson:
    person = await client.person("Aysel", language)
    await choose_language(person, language)
    return person


async def _shows(person: SimulatedPerson, said: str, *wanted: str) -> bool:
    """Write to the bot; tell whether what it answers has all that is wanted."""
    await person.send(said)
    answer = await person.expect(lambda m: "reply_markup" in m)
    text = _seen(str(answer["text"]))
    return all(_seen(words) in text for words in wanted)


async def _shows_card(person: SimulatedPerson, number: str) -> bool:
    """Write of danger; tell whether the card has a number. The answer that follows the card is waited for."""
    await person.send(DANGER)
    card = await person.expect(lambda m: "reply_markup" in m)
    await person.expect(lambda m: "reply_markup" in m and m["message_id"] != card["message_id"])
    return _seen(number) in _seen(str(card["text"]))


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Ask again until it holds; give up when it is far too late."""
    async with asyncio.timeout(4 * SECONDS):
        while not await holds():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.1)


async def _all(people: People, holds: Callable[[str, SimulatedPerson], Awaitable[bool]]) -> None:
    """Let everybody write at the same time."""
    found = await asyncio.gather(*(holds(code, person) for code, person in people.items()))
    assert dict(zip(people, found, strict=True)) == dict.fromkeys(people, True)


async def _is_on(words: str, page: Awaitable[str]) -> bool:
    return words in await page


async def _noted(system: System, fits: Callable[[State], bool]) -> bool:
    return fits(read_state(system.data_dir))


@contextmanager
def _in_time() -> Iterator[None]:
    """Save and wait until it is seen, in time."""
    began = time.monotonic()
    yield
    spent = time.monotonic() - began
    print(f"seen after {spent:.1f} s")
    assert spent < SECONDS


def _bytes(locales: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in locales.rglob("*") if path.is_file()}


def _line(locales: Locales, language: str) -> str:
    return first_line(locales.answer(ANSWER, language))


def _seen(text: str) -> str:
    """Return what somebody reads: without tags and signs that only set the direction."""
    return re.sub("[\u2066-\u2069]|<[^<>]*>", "", html.unescape(text))


def _pids(system: System) -> dict[str, int]:
    return {name: system.pid(name) for name in ("content", "rasa", "actions", "gateway", "console")}
