"""Sign a new list of public keys.

Only what changes is taken from the caller, who has the private half in hand; all the rest is copied from the list that
was believed before, never from the database, where somebody could have put a key of their own.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.adminkey import pin
from referral.crypto.manifest import ListedOrganisation, Manifest, sign_manifest
from referral.published import FILE, read_public, write_private

VALID_DAYS = 400  # once a year, with a month to spare


def publish(
    data_dir: Path,
    *,
    admin_key: bytes,
    organisation: ListedOrganisation,
    today: dt.date,
    demo: bool = False,
    custodians: tuple[bytes, ...] = (),
) -> Manifest:
    """Sign and write a list in which this organisation's keys are new; raise `AdminKeyError`, `KeyListError`.

    The first organisation of a system is the one that takes requests; `demo` and `custodians` count for it alone.
    """
    pin(data_dir, admin_key)
    before = _before(data_dir)
    manifest = _first(organisation, demo, custodians) if before is None else _changed(before, organisation)
    return _write(data_dir, _with_bot_keys(data_dir, manifest), admin_key=admin_key, today=today)


def renew(data_dir: Path, *, admin_key: bytes, today: dt.date, custodians: tuple[bytes, ...] | None = None) -> Manifest:
    """Sign the present list anew, with this host's bot keys and, if given, other custodians."""
    pin(data_dir, admin_key)
    manifest = read_public(data_dir).manifest
    if custodians is not None:
        manifest = replace(manifest, custodians=custodians)
    manifest = replace(manifest, number=manifest.number + 1)
    return _write(data_dir, _with_bot_keys(data_dir, manifest), admin_key=admin_key, today=today)


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


def _write(data_dir: Path, manifest: Manifest, *, admin_key: bytes, today: dt.date) -> Manifest:
    dated = replace(manifest, issued=today, expires=today + dt.timedelta(days=VALID_DAYS))
    path = data_dir / FILE
    path.parent.mkdir(exist_ok=True)
    write_private(path, sign_manifest(dated, admin_key=admin_key))
    read_public(data_dir)  # remembered at once, so that the one before is refused
    return dated
