"""Statistics for donors and the state: whole numbers of cases, in which nobody can be found. See docs/statistics.md.

Pure functions: no database, no web. Make an edition, keep it, show it.
"""

from referral.statistics.counted import CountedCase, CountedEvents
from referral.statistics.edition import Edition, EventCount, make_edition
from referral.statistics.hxl import cases_csv, events_csv
from referral.statistics.kept import edition_from_json, edition_to_json
from referral.statistics.legend import RULE, legend
from referral.statistics.period import Period, check_publishable
from referral.statistics.series import topics_over_time
from referral.statistics.suppression import THRESHOLD
from referral.statistics.table import Cell, Gap, Row, Table

__all__ = [
    "RULE",
    "THRESHOLD",
    "Cell",
    "CountedCase",
    "CountedEvents",
    "Edition",
    "EventCount",
    "Gap",
    "Period",
    "Row",
    "Table",
    "cases_csv",
    "check_publishable",
    "edition_from_json",
    "edition_to_json",
    "events_csv",
    "legend",
    "make_edition",
    "topics_over_time",
]
