"""Cases as categories for statistics: what cannot be opened or was taken back is not counted."""

import datetime as dt
from pathlib import Path

import pytest

from bot.cli.counting import write_statistics
from bot.errors import OperatorError
from bot.settings import Settings
from referral import session_scope, withdraw
from referral.editions import keep_edition, kept_editions, published_periods
from referral.enums import ReferralStatus, StaffRole, Urgency
from referral.errors import NotPermitted
from referral.service.counting import counted_cases
from referral.statistics import CountedCase, Period, make_edition
from tests.referral.conftest import PASSPHRASE, World, code_of


def counted(world: World, login: str = "aydan") -> list[CountedCase]:
    """Count."""
    signed_in = world.signed_in(login)
    with session_scope(world.console) as session:
        return counted_cases(session, signed_in=signed_in)


def test_cases_become_categories(world: World) -> None:
    world.hire("aydan", StaffRole.SUPERVISOR)
    case = world.open(1, topic="work", urgency="danger", language="az")
    world.take(case)
    world.reply(case)
    (found,) = counted(world)
    assert (found.topic, found.urgency, found.language) == ("work", Urgency.DANGER, "az")
    assert (found.status, found.age_band, found.month) == (ReferralStatus.IN_PROGRESS, "not_said", "2026-11")
    assert found.answered_in_time is False  # the world opens its cases on 24 November


def test_what_was_taken_back_is_not_counted(world: World) -> None:
    world.hire("aydan", StaffRole.SUPERVISOR)
    case = world.open()
    with session_scope(world.bot) as session:
        withdraw(session, case_id=case, proof=code_of(1).tag)
    assert counted(world) == []


def test_only_a_supervisor_counts_and_only_their_own_organisations_cases(world: World) -> None:
    world.open()
    with pytest.raises(NotPermitted):
        counted(world, "leyla")
    world.hire("theirs", StaffRole.SUPERVISOR, world.partner())
    assert counted(world, "theirs") == []


def test_an_edition_is_kept_and_its_period_never_counted_again(world: World) -> None:
    own, period = world.own.organisation_id, Period("2026-07", "2026-09")
    edition = make_edition(
        [],
        organisation="Ümid",
        period=period,
        made_on=dt.date(2026, 11, 26),
        published=[],
        secret=world.secret("statistics_key"),
    )
    keep_edition(world.data_dir, edition, organisation_id=own)
    assert kept_editions(world.data_dir, organisation_id=own) == [edition]
    assert published_periods(world.data_dir, organisation_id=own) == [period]
    with pytest.raises(FileExistsError):
        keep_edition(world.data_dir, edition, organisation_id=own)


@pytest.mark.databases("sqlite")
def test_from_the_command_line_a_period_has_the_same_numbers_for_ever(world: World, tmp_path: Path) -> None:
    world.hire("aydan", StaffRole.SUPERVISOR)
    settings = Settings.from_env({"KORPU_DATA_DIR": str(world.data_dir)})

    def written(first: str, last: str, by: str = "aydan") -> str:
        (file,) = write_statistics(
            settings, first=first, last=last, by=by, out=tmp_path, ask=lambda _text, _hide: PASSPHRASE
        )
        return file.read_text(encoding="utf-8-sig")

    for number in range(11):
        world.open(number, opened_at=f"2025-08-15T10:{number:02d}+00:00")
    with pytest.raises(OperatorError, match="may not do this"):
        written("2025-07", "2025-09", by="leyla")
    first = written("2025-07", "2025-09")
    assert ",11,," in first
    world.open(12, opened_at="2025-08-15T11:00+00:00")
    assert written("2025-07", "2025-09") == first
    with pytest.raises(OperatorError, match="published already"):
        written("2025-07", "2025-12")
    with pytest.raises(OperatorError, match="not over"):
        written("2099-01", "2099-03")
