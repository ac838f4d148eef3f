"""Who can open what: every stored value is tried with everything that each thief and each holder would have.

The table is the promise (THREAT-MODEL.md shows it). A line that changes is a change of what people were promised.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import Select, Table, func, select

from referral import session_scope
from referral.models import Base
from tests.referral.conftest import World
from tests.referral.matrix import WRITE
from tests.referral.matrix.blobs import binary_columns
from tests.referral.matrix.contents import COLUMNS, GATEWAY_COLUMNS, Content
from tests.referral.matrix.document import DOCUMENT, write, written
from tests.referral.matrix.result import Matrix, work_out
from tests.referral.matrix.world import CASES

KEYS = "staff keys, organisation keys"
# S what the person told, M their messages, W words of staff, C consents, R replies not fetched yet, H the person's chat
EXPECTED = f"""
 who has                                           | new | assigned | restricted | referred | revoked | transferred | closed | withdrawn | erased | besides
 database alone                                    | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 backup without its file of keys                   | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 backup with its file of keys                      | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 Rasa's host                                       | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 action server's host                              | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 console's host, switched off                      | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | questions without an answer
 janitor's host                                    | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 gateway's host without the database               | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | gateway's notes, who wrote to the bot
 gateway's host and the database                   | ·   | RH       | ·          | RH       | H       | H           | ·      | H         | ·      | staff chats, gateway's notes, who wrote to the bot, who said what of an answer
 everything on one machine, switched off           | ·   | RH       | ·          | RH       | H       | H           | ·      | H         | ·      | staff chats, gateway's notes, questions without an answer, who wrote to the bot, who said what of an answer
 everything of a demonstration (`make run`)        | SC  | SMWCRH   | ·          | SMWCRH   | SMWCH   | H           | SMWC   | H         | ·      | {KEYS}, staff chats, gateway's notes, questions without an answer, who wrote to the bot, who said what of an answer
 intake worker                                     | SC  | SMWC     | ·          | SMWC     | SMWC    | ·           | SMWC   | ·         | ·      | {KEYS}
 recovery code of an intake worker                 | SC  | SMWC     | ·          | SMWC     | SMWC    | ·           | SMWC   | ·         | ·      | {KEYS}
 supervisor                                        | SC  | SMWC     | ·          | SMWC     | SMWC    | ·           | SMWC   | ·         | ·      | {KEYS}
 caseworker with the assigned case                 | ·   | SMWC     | ·          | ·        | ·       | ·           | ·      | ·         | ·      | staff keys
 caseworker with the restricted case               | ·   | ·        | SMWC       | ·        | ·       | ·           | ·      | ·         | ·      | staff keys
 caseworker without a case                         | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | staff keys
 editor                                            | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | staff keys
 partner's intake worker                           | ·   | ·        | ·          | SMWC     | ·       | SMWC        | ·      | ·         | ·      | {KEYS}
 leaver with passphrase and old organisation key   | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | staff keys
 leaver who wrote down case keys                   | ·   | SMWC     | ·          | SMWC     | SMWC    | ·           | SMWC   | SMWC      | ·      | staff keys
 former partner who wrote down the revoked case's key           | · | ·  | · | SMWC | SMWC | SMWC | ·   | ·  | ·  | {KEYS}
 intake worker and backup without its file of keys              | · | ·  | · | ·    | ·    | ·   | ·   | ·  | ·  | {KEYS}
 intake worker and a copy from before two cases were taken back | · | SMWC | · | SMWC | SMWC | · | SMWC | SMWC | SMWC | {KEYS}
 one custodian                                     | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 two custodians                                    | SC  | SMWC     | ·          | SMWC     | SMWC    | ·           | SMWC   | ·         | ·      | organisation keys
 administration key                                | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 code of the assigned case                         | ·   | R        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 code of the withdrawn case                        | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 code of the erased case                           | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
 stranger with a code of their own                 | ·   | ·        | ·          | ·        | ·       | ·           | ·      | ·         | ·      | ·
"""  # noqa: E501 - a table
_WORKED_OUT: list[Matrix] = []


pytestmark = pytest.mark.databases("sqlite")  # what is sealed is the same on both; the backup script is SQLite's


@pytest.fixture
def matrix(world: World, tmp_path: Path) -> Matrix:
    """Return the matrix, worked out for the first test that asks."""
    if not _WORKED_OUT:
        _WORKED_OUT.append(work_out(world, tmp_path / "copies"))
    return _WORKED_OUT[0]


def test_everybody_opens_exactly_what_is_promised(matrix: Matrix) -> None:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in EXPECTED.strip().splitlines()]
    assert tuple(head[1:-1]) == CASES
    assert matrix.lines == {name: tuple(cells) for name, *cells in lines}


def test_whatever_can_hold_bytes_is_named_and_full(matrix: Matrix) -> None:
    assert set(binary_columns()) == set(COLUMNS)
    assert {blob.column for blob in matrix.stored} == {*COLUMNS, *GATEWAY_COLUMNS}
    with session_scope(matrix.full.world.engine) as session:
        empty = [table.name for table in Base.metadata.sorted_tables if not session.scalar(_rows(table))]
    assert empty == []


def test_of_an_erased_case_no_value_is_left_and_of_a_withdrawn_one_no_key(matrix: Matrix) -> None:
    left = {
        name: {blob.content for blob in matrix.stored if blob.case == matrix.full.cases[name].hex} for name in CASES
    }
    assert left["erased"] == set()
    assert Content.STORY in left["withdrawn"]
    assert {name for name in CASES if Content.CASE_KEY not in left[name]} == {"withdrawn", "erased"}


def test_what_is_meant_to_be_in_clear_opens_for_nobody_because_nothing_is_in_it(matrix: Matrix) -> None:
    opened = frozenset[object]().union(*matrix.opened.values())
    assert [blob for blob in matrix.stored if blob.content is Content.CLEAR and blob in opened] == []


def test_the_threat_model_says_what_was_found(matrix: Matrix) -> None:
    if os.environ.get(WRITE):
        write(matrix.markdown())
    assert written(DOCUMENT.read_text(encoding="utf-8")) == matrix.markdown(), "python -m tests.referral.matrix"


def _rows(table: Table) -> Select[tuple[int]]:
    return select(func.count()).select_from(table)
