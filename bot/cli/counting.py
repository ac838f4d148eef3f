"""Making an edition of the statistics, once, and writing it down."""

from pathlib import Path

from bot.cli.database import organisation, transaction
from bot.cli.staffing import Ask, unlock
from bot.errors import OperatorError
from bot.settings import Settings
from referral.editions import edition_once
from referral.errors import NotPublishable
from referral.service.counting import counted_cases
from referral.service.staff import SignedIn
from referral.statistics import CountedCase, Edition, Period, cases_csv


def write_statistics(settings: Settings, *, first: str, last: str, by: str | None, out: Path, ask: Ask) -> list[Path]:
    """Write a period's numbers as CSV with HXL tags; raise `OperatorError` when they may not be published."""
    try:
        period = Period(first, last)
    except NotPublishable as error:
        raise OperatorError(str(error)) from error
    signed_in = unlock(settings, by, ask)
    edition = _edition(settings, period, signed_in)
    path = out / f"statistics-{first}-{last}.csv"
    path.write_text(cases_csv(edition), encoding="utf-8-sig")
    return [path]


def _edition(settings: Settings, period: Period, signed_in: SignedIn) -> Edition:
    own = organisation(settings).manifest.organisation(signed_in.organisation_id)

    def count() -> list[CountedCase]:
        with transaction(settings) as session:
            return counted_cases(session, signed_in=signed_in)

    try:
        return edition_once(
            settings.data_dir,
            period,
            organisation_id=signed_in.organisation_id,
            organisation="" if own is None else own.name,
            count=count,
        )
    except NotPublishable as error:
        raise OperatorError(str(error)) from error
