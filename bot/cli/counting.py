"""Making an edition of the statistics, once, and writing it down."""

from pathlib import Path
from uuid import UUID

from bot.cli.database import organisation, transaction
from bot.cli.staffing import Ask, unlock
from bot.errors import OperatorError
from bot.settings import Settings
from referral.editions import keep_edition, kept_editions, published_periods
from referral.errors import NotPublishable
from referral.service.common import today
from referral.service.counting import counted_cases
from referral.service.staff import SignedIn
from referral.statistics import Edition, Period, cases_csv, make_edition


def write_statistics(settings: Settings, *, first: str, last: str, by: str | None, out: Path, ask: Ask) -> list[Path]:
    """Write a period's numbers as CSV with HXL tags; raise `OperatorError` when they may not be published."""
    try:
        period = Period(first, last)
    except NotPublishable as error:
        raise OperatorError(str(error)) from error
    signed_in = unlock(settings, by, ask)
    edition = _kept(settings, period, signed_in.organisation_id) or _made(settings, period, signed_in)
    path = out / f"statistics-{first}-{last}.csv"
    path.write_text(cases_csv(edition), encoding="utf-8-sig")
    return [path]


def _kept(settings: Settings, period: Period, organisation_id: UUID) -> Edition | None:
    editions = kept_editions(settings.data_dir, organisation_id=organisation_id)
    return next((edition for edition in editions if edition.period == period), None)


def _made(settings: Settings, period: Period, signed_in: SignedIn) -> Edition:
    own = organisation(settings).manifest.organisation(signed_in.organisation_id)
    with transaction(settings) as session:
        cases = counted_cases(session, signed_in=signed_in)
    try:
        edition = make_edition(
            [case for case in cases if case.month in period.months],
            organisation="" if own is None else own.name,
            period=period,
            made_on=today(),
            published=published_periods(settings.data_dir, organisation_id=signed_in.organisation_id),
            secret=settings.secret_file("statistics_key").read_bytes(),
        )
    except NotPublishable as error:
        raise OperatorError(str(error)) from error
    keep_edition(settings.data_dir, edition, organisation_id=signed_in.organisation_id)
    return edition
