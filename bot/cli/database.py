"""The database for those commands that need it, with its faults told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import OperatorError
from bot.settings import Settings
from bot.supervisor.prepare import shown_url
from referral import ReferralError, engine_for, session_scope
from referral.errors import KeyListError
from referral.published import PublicFile, read_public


@contextmanager
def transaction(settings: Settings) -> Iterator[Session]:
    """Give a session; commit at the end. Raise `OperatorError` for what the operator can mend."""
    engine = engine_for(settings.database_url)
    try:
        with session_scope(engine) as session:
            yield session
    except ReferralError as error:
        raise OperatorError(str(error)) from error
    except SQLAlchemyError as error:
        raise OperatorError(
            f"The database {shown_url(settings)} cannot be used ({type(error).__name__}). "
            "Run `korpu doctor` to see what is wrong."
        ) from error
    finally:
        engine.dispose()


def organisation(settings: Settings) -> PublicFile:
    """Return the organisation of this data folder; raise `OperatorError` when there is none."""
    try:
        return read_public(settings.data_dir)
    except FileNotFoundError as error:
        raise OperatorError(f"There are no keys in {settings.data_dir}. Run `korpu init` first.") from error
    except KeyListError as error:
        raise OperatorError(f"The keys in {settings.data_dir} cannot be believed: {error}") from error
