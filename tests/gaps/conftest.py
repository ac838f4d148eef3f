"""What the tests of questions without an answer share."""

from tests.referral.conftest import World, first_on_postgresql, first_on_sqlite, world

__all__ = ["World", "first_on_postgresql", "first_on_sqlite", "world"]
