"""Adding, listing and disabling staff."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.cli.database import organisation, transaction
from bot.errors import OperatorError
from bot.settings import Settings
from referral import StaffRole
from referral.crypto.codes import derive_code, new_code
from referral.crypto.manifest import Manifest
from referral.crypto.staff import KdfProfile, new_passphrase, new_recovery_code
from referral.models import Organisation, OrganisationKey, OrganisationKeyGrant, Staff
from referral.service.rotation import stored_epoch
from referral.service.signing_in import sign_in, staff_by_login
from referral.service.staff import KEY_HOLDERS, SignedIn, add_staff, disable_staff, organisation_keys
from referral.service.trust import Trust

Ask = Callable[[str, bool], str]
PAIRING_TIME = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Person:
    """One member of staff as the operator sees them."""

    login: str
    role: StaffRole
    active: bool
    holds_key: bool


@dataclass(frozen=True)
class Left:
    """After somebody has left: how many can still read new cases, and whether the leaver could have known the key."""

    holders: int
    knew_the_key: bool


@dataclass(frozen=True)
class NewSecrets:
    """What a person gets on paper; `repr` shows nothing of it."""

    passphrase: str
    recovery_code: str

    def __repr__(self) -> str:
        return "NewSecrets()"


def new_secrets() -> NewSecrets:
    """Return a new passphrase and a new recovery code."""
    return NewSecrets(new_passphrase(), new_recovery_code())


def add_person(settings: Settings, *, login: str, role: str, by: str | None, ask: Ask) -> NewSecrets:
    """Add a member of staff and return their new secrets; `ask` is called with a question and whether to hide it.

    Somebody who holds the organisation's key must vouch for the new keys, whatever the role.
    """
    secrets = new_secrets()
    key_holder = unlock(settings, by, ask)
    with transaction(settings) as session:
        add_staff(
            session,
            organisation_id=key_holder.organisation_id,
            login=login,
            role=StaffRole(role),
            passphrase=secrets.passphrase,
            recovery_code=secrets.recovery_code,
            profile=KdfProfile(),
            organisation_key=present_key(session, key_holder),
            vouched_by=key_holder.staff_id,
        )
    return secrets


def people(settings: Settings) -> list[Person]:
    """Return everybody, by login."""
    with transaction(settings) as session:
        holders = _holders(session)
        rows = session.scalars(select(Staff).order_by(Staff.login))
        return [Person(row.login, row.role, row.active, row.login in holders) for row in rows]


def disable_person(settings: Settings, *, login: str, lose_restricted: bool = False) -> Left:
    """Take a person's access; return who is left, and whether they could have known the organisation's key.

    Raise `OperatorError` when nobody would be left who can read new cases, or when cases would be closed for ever.
    """
    with transaction(settings) as session:
        disable_staff(session, login=login, lose_restricted=lose_restricted)
        staff = staff_by_login(session, login)
        if staff is None:
            raise OperatorError(f"There is no login {login!r}.")
        return Left(len(_holders(session, staff.organisation_id)), knew_the_key=staff.role in KEY_HOLDERS)


def holders_by_organisation(settings: Settings) -> dict[str, int]:
    """Return how many people of each organisation can read its new cases."""
    with transaction(settings) as session:
        organisations = session.scalars(select(Organisation).order_by(Organisation.created_day, Organisation.name))
        return {own.name: len(_holders(session, own.id)) for own in organisations.all()}


def behind_the_list(settings: Settings, manifest: Manifest) -> list[str]:
    """Return the organisations whose newest key in the database is older than the signed list says."""
    with transaction(settings) as session:
        return [own.name for own in manifest.organisations if stored_epoch(session, own.organisation_id) < own.epoch]


def leavers_with_the_key(settings: Settings) -> list[str]:
    """Return who left since their organisation's key was last changed, and could have known it."""
    with transaction(settings) as session:
        gone = session.scalars(
            select(Staff).where(Staff.active.is_(False), Staff.role.in_(KEY_HOLDERS)).order_by(Staff.login)
        ).all()
        return [staff.login for staff in gone if _knew(session, staff)]


def _knew(session: Session, staff: Staff) -> bool:
    """A leaver's certificate names the last key that they were given."""
    present = select(func.max(OrganisationKey.epoch)).where(OrganisationKey.organisation_id == staff.organisation_id)
    return staff.certificate_epoch == session.scalar(present)


def unlock(settings: Settings, by: str | None, ask: Ask) -> SignedIn:
    """Open a key holder's key with the passphrase that `ask` gets; raise `OperatorError`."""
    login = by or ask("Your login (somebody who can read new cases)", False)
    passphrase = ask(f"Passphrase of {login}", True)
    with transaction(settings) as session:  # committed by itself, so that a wrong try is counted
        signed_in = sign_in(session, login=login, passphrase=passphrase)
    if signed_in is None:
        raise OperatorError(
            "Login or passphrase are wrong, or the account is locked for ten minutes. Nothing was changed."
        )
    return replace(signed_in, trust=Trust(organisation(settings).manifest))


def present_key(session: Session, signed_in: SignedIn) -> tuple[int, bytes]:
    """Return the organisation's present epoch and private key; raise `OperatorError` when this person has it not."""
    keys = organisation_keys(session, signed_in=signed_in)
    epoch = session.scalar(
        select(func.max(OrganisationKey.epoch)).where(OrganisationKey.organisation_id == signed_in.organisation_id)
    )
    if epoch is None or epoch not in keys:
        raise OperatorError(f"{signed_in.login} does not have the organisation's key and cannot hand it on.")
    return epoch, keys[epoch]


def _holders(session: Session, organisation_id: UUID | None = None) -> set[str]:
    query = select(Staff.login).join(OrganisationKeyGrant, OrganisationKeyGrant.staff_id == Staff.id)
    if organisation_id is not None:
        query = query.where(Staff.organisation_id == organisation_id)
    return set(session.scalars(query.where(Staff.active)))


def pairing_code(settings: Settings, *, login: str) -> str:
    """Return a code that links the chat into which it is typed with a member of staff, once and within an hour."""
    code = new_code()
    pepper = (settings.data_dir / "secrets" / "code_pepper").read_bytes()
    with transaction(settings) as session:
        staff = staff_by_login(session, login)
        if staff is None or not staff.active:
            raise OperatorError(f"There is no active login {login!r}.")
        staff.pairing_tag = derive_code(code, pepper=pepper).tag
        staff.pairing_until = dt.datetime.now(tz=dt.UTC) + PAIRING_TIME
    return code
