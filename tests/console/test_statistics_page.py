"""Statistics in the console: for supervisors, of their own organisation, a quarter once and never again."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.ceremony import NewOrganisation
from referral.console.statistics_form import closed_quarters, period_of
from referral.editions import edition_once, keep_edition, kept_editions, published_periods
from referral.enums import StaffRole
from referral.errors import NotPublishable
from referral.service.common import today
from referral.statistics import CountedCase, Period, make_edition
from tests.console.conftest import fill, send, signed_in, token
from tests.referral.conftest import World
from tests.referral.statistics.caseloads import caseload

EMPTY: list[CountedCase] = []


@pytest.fixture
def browser(app: Flask, world: World) -> FlaskClient:
    """A browser that is signed in as a supervisor."""
    world.hire("vusal", StaffRole.SUPERVISOR)
    return signed_in(app, "vusal")


def last_quarter() -> Period:
    """Return the newest quarter that is over."""
    return closed_quarters(today(), counted=[])[0]


def keep(world: World, period: Period, size: int, organisation: NewOrganisation | None = None) -> None:
    """Keep an edition of made-up cases."""
    edition = make_edition(
        caseload(size, period=period),
        organisation="Org",
        period=period,
        made_on=period.end + dt.timedelta(days=1),
        published=[],
        secret=world.secret("statistics_key"),
    )
    keep_edition(world.data_dir, edition, organisation_id=(organisation or world.own).organisation_id)


def test_a_quarter_is_counted_once(browser: FlaskClient, world: World) -> None:
    period = last_quarter()
    for number in range(11):
        world.open(number, opened_at=f"{period.first}-15T10:{number:02d}+00:00")
    world.open(30, opened_at=f"{today():%Y-%m-%d}T00:00+00:00")  # of a quarter that is not over
    text = fill(browser, "/statistics", "/statistics", quarter=period.first, sure="y")
    assert "The edition is made. It stays as it is." in text
    assert "<strong>11</strong>" in text
    assert "There were too few requests for tables" in text
    page = browser.get("/statistics").text
    assert f"/statistics/{period.first}/{period.last}" in page
    assert f'value="{period.first}"' not in page
    world.open(31, opened_at=f"{period.first}-15T10:00+00:00")
    assert send(browser, "/statistics", "/statistics", quarter=period.first, sure="y").status_code == 409
    assert published_periods(world.data_dir, organisation_id=world.own.organisation_id) == [period]
    assert "<strong>11</strong>" in browser.get(f"/statistics/{period.first}/{period.last}").text


def test_it_is_counted_only_when_it_is_meant_and_only_when_it_is_over(browser: FlaskClient, world: World) -> None:
    now = today()
    running = f"{now.year}-{now.month - (now.month - 1) % 3:02d}"
    wrong: list[dict[str, str]] = [{"quarter": last_quarter().first}, {"sure": "y"}, {"quarter": running, "sure": "y"}]
    for fields in wrong:
        assert send(browser, "/statistics", "/statistics", **fields).status_code == 409, fields
    assert kept_editions(world.data_dir, organisation_id=world.own.organisation_id) == []


def test_few_are_not_told(browser: FlaskClient, world: World) -> None:
    keep(world, last_quarter(), 3)
    page = browser.get(f"/statistics/{last_quarter().first}/{last_quarter().last}").text
    assert "fewer than 11" in page
    assert "<table" not in page


def test_tables_have_words_and_gaps(browser: FlaskClient, world: World) -> None:
    period = last_quarter()
    keep(world, period, 300)
    page = browser.get(f"/statistics/{period.first}/{period.last}").text
    for words in (
        "<strong>300</strong>",
        "Forced work, trafficking",
        "25–59",
        "number withheld",
        "in time",
        period.months[1],
    ):
        assert words in page, words
    for code in ("not_said", "still_open", "in_progress", "under_18", "None"):
        assert code not in page, code


def test_the_csv_is_marked_as_utf_8_and_saved(browser: FlaskClient, world: World) -> None:
    period = last_quarter()
    keep(world, period, 300)
    answer = browser.get(f"/statistics/{period.first}/{period.last}/csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert lines[1].startswith("#output +name,#need +code")
    assert ",300," in lines[2]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("login", ["leyla", "aysel", "editor"])
def test_only_a_supervisor_sees_statistics(app: Flask, world: World, login: str) -> None:
    keep(world, last_quarter(), 300)
    other, kept = signed_in(app, login), f"/statistics/{last_quarter().first}/{last_quarter().last}"
    csrf = token(other, "/directory")
    assert 'href="/statistics"' not in other.get("/directory").text
    for address in ("/statistics", kept, f"{kept}/csv"):
        assert other.get(address).status_code == 403
    data = {"csrf_token": csrf, "quarter": last_quarter().first, "sure": "y"}
    assert other.post("/statistics", data=data).status_code == 403


def test_another_organisations_editions_are_not_there(
    app: Flask, world: World, browser: FlaskClient, partner: NewOrganisation
) -> None:
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    keep(world, last_quarter(), 300)
    kept, other = f"/statistics/{last_quarter().first}/{last_quarter().last}", signed_in(app, "rauf")
    assert browser.get(kept).status_code == 200
    assert other.get(kept).status_code == 404
    assert other.get(f"{kept}/csv").status_code == 404
    assert kept not in other.get("/statistics").text


def test_nothing_is_counted_without_the_forms_token(browser: FlaskClient, world: World) -> None:
    assert browser.post("/statistics", data={"quarter": last_quarter().first, "sure": "y"}).status_code == 400
    assert kept_editions(world.data_dir, organisation_id=world.own.organisation_id) == []


@pytest.mark.parametrize("address", ["/statistics/2026-01/2026-02", "/statistics/x/..", "/statistics/2020-01/2020-03"])
def test_what_is_no_edition_is_not_there(browser: FlaskClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_strangers_are_sent_to_sign_in(app: Flask) -> None:
    for address in ("/statistics/2026-01/2026-03", "/statistics/2026-01/2026-03/csv"):
        assert app.test_client().get(address).headers["Location"] == "/sign-in"


def test_the_quarters_that_are_over_are_offered_the_newest_first() -> None:
    found = closed_quarters(dt.date(2026, 1, 1), counted=[Period("2025-04", "2025-09")])
    assert [one.first for one in found[:3]] == ["2025-10", "2025-01", "2024-10"]
    assert closed_quarters(dt.date(2026, 12, 31), counted=[])[0] == period_of("2026-07")


def test_what_may_not_be_published_is_not_even_counted(tmp_path: Path) -> None:
    own, period = UUID(int=1), last_quarter()
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "statistics_key").write_bytes(bytes(32))
    counts: list[int] = []

    def count() -> list[CountedCase]:
        counts.append(1)
        return EMPTY

    first = edition_once(tmp_path, period, organisation_id=own, organisation="Org", count=count)
    assert edition_once(tmp_path, period, organisation_id=own, organisation="Other", count=count) == first
    before = closed_quarters(today(), counted=[])[1]
    with pytest.raises(NotPublishable):
        edition_once(tmp_path, Period(before.first, period.last), organisation_id=own, organisation="", count=count)
    assert counts == [1]


def test_gaps_are_named_in_the_pages_language(browser: FlaskClient, world: World) -> None:
    period = last_quarter()
    keep(world, period, 300)
    browser.post("/language/ru", data={"csrf_token": token(browser, "/statistics"), "back": "/statistics"})
    page = browser.get(f"/statistics/{period.first}/{period.last}").text
    assert "число не показано" in page
    assert "withheld" not in page
