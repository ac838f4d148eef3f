"""Adding, listing and disabling staff."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.database import organisation, transaction
from bot.errors import OperatorError
from bot.settings import Settings
from referral import StaffRole
from referral.crypto.staff import KdfProfile, new_passphrase
from referral.models import OrganisationKeyGrant, Staff
from referral.service.signing_in import sign_in
from referral.service.staff import KEY_HOLDERS, SignedIn, add_staff, disable_staff, organisation_keys

Ask = Callable[[str, bool], str]


@dataclass(frozen=True)
class Person:
    """One member of staff as the operator sees them."""

    login: str
    role: StaffRole
    active: bool
    holds_key: bool


def add_person(settings: Settings, *, login: str, role: str, by: str | None, ask: Ask) -> str:
    """Add a member of staff and return the new passphrase; `ask` is called with a question and whether to hide it."""
    own = organisation(settings)
    passphrase = new_passphrase()
    key_holder = _unlock(settings, by, ask) if StaffRole(role) in KEY_HOLDERS else None
    with transaction(settings) as session:
        add_staff(
            session,
            organisation_id=own.organisation_id,
            login=login,
            role=StaffRole(role),
            passphrase=passphrase,
            profile=KdfProfile(),
            organisation_key=_present_key(session, key_holder, own.epoch) if key_holder else None,
        )
    return passphrase


def people(settings: Settings) -> list[Person]:
    """Return everybody, by login."""
    with transaction(settings) as session:
        holders = _holders(session)
        rows = session.scalars(select(Staff).order_by(Staff.login))
        return [Person(row.login, row.role, row.active, row.login in holders) for row in rows]


def disable_person(settings: Settings, *, login: str) -> int:
    """Take a person's access; return how many are left who hold the organisation's key.

    Raise `OperatorError` when nobody would be left: no new case could ever be read again.
    """
    with transaction(settings) as session:
        left = _holders(session) - {login.strip().lower()}
        if not left:
            raise OperatorError(
                f"{login!r} is the last one who can read new cases. Add another one first: `korpu staff add`."
            )
        disable_staff(session, login=login)
    return len(left)


def _unlock(settings: Settings, by: str | None, ask: Ask) -> SignedIn:
    login = by or ask("Your login (somebody who can read new cases)", False)
    passphrase = ask(f"Passphrase of {login}", True)
    with transaction(settings) as session:  # committed by itself, so that a wrong try is counted
        signed_in = sign_in(session, login=login, passphrase=passphrase)
    if signed_in is None:
        raise OperatorError(
            "Login or passphrase are wrong, or the account is locked for ten minutes. Nobody was added."
        )
    return signed_in


def _present_key(session: Session, signed_in: SignedIn, epoch: int) -> tuple[int, bytes]:
    keys = organisation_keys(session, signed_in=signed_in)
    if epoch not in keys:
        raise OperatorError(f"{signed_in.login} does not have the organisation's key and cannot hand it on.")
    return epoch, keys[epoch]


def _holders(session: Session) -> set[str]:
    query = select(Staff.login).join(OrganisationKeyGrant, OrganisationKeyGrant.staff_id == Staff.id)
    return set(session.scalars(query.where(Staff.active)))
