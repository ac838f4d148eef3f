"""Changing, signing and recovering keys."""

from pathlib import Path

from bot.cli.ceremony import new_person
from bot.cli.database import organisation, transaction
from bot.cli.staffing import Ask, NewSecrets, new_secrets, present_key, unlock
from bot.errors import OperatorError
from bot.settings import Settings
from referral.adminkey import AdminKeyError, demo_admin_key, load_admin_key
from referral.ceremony import FirstPerson, create_organisation
from referral.crypto.escrow import key_from_paper
from referral.crypto.manifest import Manifest
from referral.crypto.staff import KdfProfile
from referral.publishing import publish, renew
from referral.service.common import today
from referral.service.escrowing import open_escrow
from referral.service.recovery import NewWords, recover_with_code, recover_with_colleague
from referral.service.rotation import Rotated, rotate_key
from referral.service.signing_in import staff_by_login
from referral.service.trust import Trust


def rotate_keys(settings: Settings, *, by: str | None, admin_key: Path | None, ask: Ask) -> Rotated:
    """Make the organisation's next key and sign the list that names it, in one transaction."""
    trust = Trust(organisation(settings).manifest)
    signed_in = unlock(settings, by, ask)
    key = _admin_key(settings, admin_key, ask)
    with transaction(settings) as session:
        done = rotate_key(session, signed_in=signed_in, trust=trust)
        publish(session, data_dir=settings.data_dir, admin_key=key, organisation=done.listed, today=today())
    return done


def sign_list(settings: Settings, *, admin_key: Path | None, ask: Ask) -> Manifest:
    """Sign the present list anew."""
    organisation(settings)
    try:
        return renew(settings.data_dir, admin_key=_admin_key(settings, admin_key, ask), today=today())
    except AdminKeyError as error:
        raise OperatorError(str(error)) from error


def recover_from_escrow(settings: Settings, *, login: str, why: str, ask: Ask) -> tuple[NewSecrets, int]:
    """Give a member of staff the organisation's key by two custodians' keys; return their secrets and opened cases."""
    trust = Trust(organisation(settings).manifest)
    one, other = (_custodian(ask, number) for number in ("first", "second"))
    secrets = new_secrets()
    with transaction(settings) as session:
        staff = staff_by_login(session, login)
        if staff is None:
            raise OperatorError(f"There is no login {login!r}.")
        key = open_escrow(
            session, organisation_id=staff.organisation_id, trust=trust, one=one, other=other, why=why[:200]
        )
        opened = recover_with_colleague(
            session, login=login, organisation_id=staff.organisation_id, organisation_key=key, new=_words(secrets)
        )
    return secrets, opened


def recover_person(settings: Settings, *, login: str, by: str | None, ask: Ask) -> tuple[NewSecrets, int | None]:
    """Give a member of staff new secrets: by their recovery code or, with `by`, by a colleague who holds the key.

    Return the secrets and, after a colleague's help, how many of their cases open again.
    """
    secrets = new_secrets()
    if by is not None:
        colleague = unlock(settings, by, ask)
        with transaction(settings) as session:
            key = present_key(session, colleague)
            return secrets, recover_with_colleague(
                session,
                login=login,
                organisation_id=colleague.organisation_id,
                organisation_key=key,
                new=_words(secrets),
            )
    code = ask(f"Recovery code of {login}", True)
    with transaction(settings) as session:  # committed in either case, so that a wrong try is in the log
        done = recover_with_code(session, login=login, recovery_code=code, new=_words(secrets))
    if not done:
        raise OperatorError("The recovery code is wrong. Nothing was changed. A colleague can help: --by THEIR-LOGIN.")
    return secrets, None


def add_organisation(settings: Settings, *, name: str, login: str, admin_key: Path | None, ask: Ask) -> FirstPerson:
    """Make an organisation with its own key, in escrow with the same custodians, and sign the list that names it."""
    custodians = organisation(settings).manifest.custodians
    key, person = _admin_key(settings, admin_key, ask), new_person(login.strip().lower())
    with transaction(settings) as session:
        create_organisation(
            session,
            data_dir=settings.data_dir,
            name=name.strip(),
            demo=organisation(settings).demo,
            first=person,
            profile=KdfProfile(),
            admin_key=key,
            custodians=custodians,
        )
    return person


def _admin_key(settings: Settings, path: Path | None, ask: Ask) -> bytes:
    if organisation(settings).demo:
        return demo_admin_key(settings.data_dir)
    where = path or settings.data_dir / "korpu-admin.key"
    if not where.exists():
        raise OperatorError(f"The administration key is not at {where}. Bring the stick and name it: --admin-key FILE.")
    try:
        return load_admin_key(where, passphrase=ask("Passphrase of the administration key", True))
    except AdminKeyError as error:
        raise OperatorError(str(error)) from error


def _custodian(ask: Ask, number: str) -> bytes:
    try:
        return key_from_paper(ask(f"Key of the {number} custodian", True))
    except ValueError as error:
        raise OperatorError(str(error)) from error


def _words(secrets: NewSecrets) -> NewWords:
    return NewWords(secrets.passphrase, secrets.recovery_code, KdfProfile())
