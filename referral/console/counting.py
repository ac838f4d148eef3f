"""Statistics: the editions that were made, and making one of a quarter that is over, once."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from referral.console.context import console
from referral.console.doing import CONFLICT
from referral.console.guard import permitted
from referral.console.labels import word
from referral.console.names import organisation_name
from referral.console.statistics_form import QuarterForm, closed_quarters, period_of
from referral.db import session_scope
from referral.editions import edition_once, kept_edition, kept_editions
from referral.errors import NotPublishable
from referral.permissions import May
from referral.service.common import today
from referral.service.counting import counted_cases
from referral.statistics import THRESHOLD, Cell, CountedCase, Edition, Gap, Period, cases_csv

MONTHS = frozenset({"month", "quarter"})  # whose categories are written as numbers

pages = Blueprint("statistics", __name__)


@pages.get("/statistics")
@permitted(May.STATISTICS)
def statistics() -> ResponseReturnValue:
    """Show which editions there are, and the form for a new one."""
    return _page(QuarterForm(formdata=None))


@pages.post("/statistics", endpoint="make")
@permitted(May.STATISTICS)
def make() -> ResponseReturnValue:
    """Make the edition of a quarter; it is kept before anybody sees it, and never made again."""
    form = QuarterForm()
    _offer(form)
    if not form.validate():
        flash(_("Nothing was counted: choose a quarter, and tick that you mean it."), "refused")
        return _page(form), CONFLICT
    period = period_of(form.quarter.data)
    try:
        edition_once(
            console().data_dir,
            period,
            organisation_id=g.who.organisation_id,
            organisation=organisation_name(g.who.organisation_id),
            count=_count,
        )
    except NotPublishable:  # somebody was faster
        flash(_("Nothing was counted: this quarter is in another edition already."), "refused")
        return _page(form), CONFLICT
    flash(_("The edition is made. It stays as it is."))
    return redirect(url_for("statistics.edition", first=period.first, last=period.last))


@pages.get("/statistics/<first>/<last>")
@permitted(May.STATISTICS)
def edition(first: str, last: str) -> ResponseReturnValue:
    """Show an edition."""
    return render_template("edition.html", edition=_kept(first, last), threshold=THRESHOLD)


@pages.get("/statistics/<first>/<last>/csv", endpoint="csv")
@permitted(May.STATISTICS)
def csv_file(first: str, last: str) -> ResponseReturnValue:
    """Give an edition as CSV with HXL tags; marked as UTF-8, because Excel guesses wrongly without it."""
    content = cases_csv(_kept(first, last)).encode("utf-8-sig")
    headers = {"Content-Disposition": f'attachment; filename="statistics-{first}-{last}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


@pages.app_template_filter("category")
def category(value: str | None, dimension: str) -> str:
    """Return the word for a category; None stands for all of them together."""
    if value is None:
        return str(_("all"))
    if dimension in MONTHS:
        return value
    return word(value, "counted" if value in {"other", "not_said"} else dimension)


@pages.app_template_filter("number")
def number(cell: Cell) -> str:
    """Return a number, or why it is not shown."""
    match cell.gap:
        case None:
            return str(cell.value)
        case Gap.FEW:
            return str(_("fewer than %(number)d", number=THRESHOLD))
        case Gap.WITHHELD:
            return str(_("number withheld"))


def _count() -> list[CountedCase]:
    with session_scope(console().engine) as db:
        return counted_cases(db, signed_in=g.who)


def _kept(first: str, last: str) -> Edition:
    try:
        period = Period(first, last)
    except NotPublishable:
        abort(404)
    found = kept_edition(console().data_dir, period, organisation_id=g.who.organisation_id)
    if found is None:
        abort(404)
    return found


def _offer(form: QuarterForm) -> None:
    """Offer the quarters that are over and that no edition counts."""
    editions = kept_editions(console().data_dir, organisation_id=g.who.organisation_id)
    form.offer(closed_quarters(today(), counted=[one.period for one in editions]))


def _page(form: QuarterForm) -> str:
    _offer(form)
    editions = kept_editions(console().data_dir, organisation_id=g.who.organisation_id)
    return render_template("statistics.html", form=form, editions=editions[::-1], threshold=THRESHOLD)
