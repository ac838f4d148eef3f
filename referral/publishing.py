"""Sign a new list of public keys.

Only what changes is taken from the caller, who has the private half in hand; all the rest is copied from the list that
was believed before, never from the database, where somebody could have put a key of their own.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from referral.adminkey import pin
from referral.crypto.manifest import ListedOrganisation, Manifest, open_manifest, sign_manifest
from referral.models import OrganisationKey
from referral.published import FILE, PIN, read_public, write_private

VALID_DAYS = 400  # once a year, with a month to spare
DRAFT = FILE.with_name("manifest.next")
_DRAFT = "korpu_manifest_draft"


def publish(
    session: Session,
    *,
    data_dir: Path,
    admin_key: bytes,
    organisation: ListedOrganisation,
    today: dt.date,
    demo: bool = False,
    custodians: tuple[bytes, ...] = (),
) -> Manifest:
    """Sign a list in which this organisation's keys are new; it takes its place when the session commits.

    So the list never names a key whose private half was not stored: what is sealed to such a key is lost. The first
    organisation of a system is the one that takes requests; `demo` and `custodians` count for it alone. Raise
    `AdminKeyError`, `KeyListError`.
    """
    pin(data_dir, admin_key)
    before: Manifest | None = session.info.get(_DRAFT) or _before(data_dir)
    manifest = _first(organisation, demo, custodians) if before is None else _changed(before, organisation)
    manifest = _dated(_with_bot_keys(data_dir, manifest), today)
    _sign(data_dir / DRAFT, manifest, admin_key)
    if _DRAFT not in session.info:
        event.listen(session, "after_commit", lambda _session: adopt(data_dir), once=True)
        event.listen(session, "after_rollback", lambda _session: (data_dir / DRAFT).unlink(missing_ok=True), once=True)
    session.info[_DRAFT] = manifest
    return manifest


def renew(data_dir: Path, *, admin_key: bytes, today: dt.date, custodians: tuple[bytes, ...] | None = None) -> Manifest:
    """Sign the present list anew, with this host's bot keys and, if given, other custodians."""
    pin(data_dir, admin_key)
    manifest = read_public(data_dir).manifest
    if custodians is not None:
        manifest = replace(manifest, custodians=custodians)
    manifest = _dated(_with_bot_keys(data_dir, replace(manifest, number=manifest.number + 1)), today)
    _sign(data_dir / DRAFT, manifest, admin_key)
    adopt(data_dir)
    return manifest


def adopt(data_dir: Path) -> None:
    """Put a list that was signed in its place, and remember it at once, so that the one before is refused."""
    draft = data_dir / DRAFT
    if draft.exists():
        draft.rename(data_dir / FILE)
        read_public(data_dir)


def settle(session: Session, *, data_dir: Path) -> None:
    """Finish what a crash left: a list whose keys were stored takes its place, any other one goes."""
    draft = data_dir / DRAFT
    if not draft.exists():
        return
    manifest = open_manifest(draft.read_bytes(), admin_verify_key=(data_dir / PIN).read_bytes())
    keys = select(OrganisationKey.organisation_id, OrganisationKey.epoch)
    stored = set(session.execute(keys).tuples())
    if all((own.organisation_id, own.epoch) in stored for own in manifest.organisations):
        adopt(data_dir)
    else:
        draft.unlink()


def _before(data_dir: Path) -> Manifest | None:
    return read_public(data_dir).manifest if (data_dir / FILE).exists() else None


def _first(organisation: ListedOrganisation, demo: bool, custodians: tuple[bytes, ...]) -> Manifest:
    return Manifest(
        number=1,
        issued=dt.date.min,
        expires=dt.date.min,
        demo=demo,
        intake=organisation.organisation_id,
        relay_public_key=b"",
        bot_verify_keys=(),
        custodians=custodians,
        organisations=(organisation,),
    )


def _changed(before: Manifest, organisation: ListedOrganisation) -> Manifest:
    others = tuple(own for own in before.organisations if own.organisation_id != organisation.organisation_id)
    return replace(before, number=before.number + 1, organisations=(*others, organisation))


def _with_bot_keys(data_dir: Path, manifest: Manifest) -> Manifest:
    """Name the bot's keys of this host; a host without them keeps those that were listed."""
    relay, signing = data_dir / "secrets" / "relay_key", data_dir / "secrets" / "bot_signing_key"
    if not relay.exists() or not signing.exists():
        return manifest
    own = bytes(SigningKey(signing.read_bytes()).verify_key)
    earlier = tuple(key for key in manifest.bot_verify_keys if key != own)
    public = bytes(PrivateKey(relay.read_bytes()).public_key)
    return replace(manifest, relay_public_key=public, bot_verify_keys=(own, *earlier))


def _dated(manifest: Manifest, today: dt.date) -> Manifest:
    return replace(manifest, issued=today, expires=today + dt.timedelta(days=VALID_DAYS))


def _sign(path: Path, manifest: Manifest, admin_key: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    write_private(path, sign_manifest(manifest, admin_key=admin_key))
