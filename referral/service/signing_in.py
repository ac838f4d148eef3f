"""Signing in, in three parts, so that no transaction waits while a passphrase is being tried.

A try takes up to half a second on purpose; on SQLite nobody could open a referral meanwhile.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from referral import audit
from referral.crypto.staff import KdfProfile, StaffLock, unlock_staff
from referral.db import is_postgresql, scope
from referral.models import Staff
from referral.service.common import now
from referral.service.staff import SignedIn

TRIES = 5
LOCKED_MINUTES = 10


@dataclass(frozen=True)
class Attempt:
    """What one try is made against; `staff_id` is missing for somebody who does not exist or must not come in."""

    login: str
    staff_id: UUID | None
    lock: StaffLock

    def unlock(self, passphrase: str) -> bytes | None:
        """Return the private key, None when the passphrase is wrong; slow on purpose, needs no database."""
        return unlock_staff(passphrase, self.lock)


def sign_in(session: Session, *, login: str, passphrase: str) -> SignedIn | None:
    """Open a member of staff's key; None for an unknown login, a wrong passphrase and a locked account alike.

    After five wrong tries the account is locked for ten minutes. All ways to None take the same time.
    A server calls the three parts by themselves, each of the outer ones in its own transaction.
    """
    attempt = begin_sign_in(session, login=login)
    return finish_sign_in(session, attempt=attempt, private_key=attempt.unlock(passphrase))


def begin_sign_in(session: Session, *, login: str) -> Attempt:
    """Look up what a passphrase is to be tried against; for an unknown login something that is as slow."""
    login = login.strip().lower()
    scope(session, login=login)
    staff = staff_by_login(session, login)
    if staff is None:
        return Attempt(login, None, _decoy(session))
    lock = StaffLock(staff.salt, staff.kdf_operations, staff.kdf_memory, staff.login_hash, staff.locked_private_key)
    return Attempt(login, staff.id if _may_enter(staff) else None, lock)


def staff_by_login(session: Session, login: str) -> Staff | None:
    """Return a member of staff, however the login was typed."""
    return session.scalars(select(Staff).where(Staff.login == login.strip().lower())).first()


def finish_sign_in(session: Session, *, attempt: Attempt, private_key: bytes | None) -> SignedIn | None:
    """Count and log what came of an attempt; None when it failed, or the account was locked in the meantime."""
    if attempt.staff_id is None:
        return None
    scope(session, login=attempt.login)
    staff = session.get(Staff, attempt.staff_id, with_for_update=True)
    if staff is None or not _may_enter(staff):
        return None
    if private_key is None:
        _count_failure(session, staff)
        return None
    staff.failed_tries, staff.locked_until = 0, None
    audit.append(session, act=audit.Act.SIGNED_IN, actor=staff.id.hex, role=staff.role.value, object_id=staff.id)
    return SignedIn(staff.id, staff.organisation_id, staff.login, staff.role, private_key)


def _may_enter(staff: Staff) -> bool:
    return staff.active and (staff.locked_until is None or staff.locked_until <= now())


def _decoy(session: Session) -> StaffLock:
    """Return a lock that nothing opens, as slow as a colleague's."""
    query: Select[tuple[int, int]] = select(Staff.kdf_operations, Staff.kdf_memory).limit(1)
    if is_postgresql(session):  # there nobody is seen before they have signed in
        query = select(func.korpu_usual_kdf().table_valued("operations", "memory"))
    operations, memory = session.execute(query).tuples().first() or (KdfProfile().operations, KdfProfile().memory)
    return StaffLock(secrets.token_bytes(16), operations, memory, b"", b"")


def _count_failure(session: Session, staff: Staff) -> None:
    staff.failed_tries += 1
    if staff.failed_tries >= TRIES:
        staff.failed_tries = 0
        staff.locked_until = now() + dt.timedelta(minutes=LOCKED_MINUTES)
    audit.append(session, act=audit.Act.SIGN_IN_FAILED, actor=staff.id.hex, role=staff.role.value, object_id=staff.id)
