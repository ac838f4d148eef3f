"""Files for a partner without the system: a zip in an age file that opens with a passphrase, by any age program."""

import io
import zipfile
from collections.abc import Mapping

import pyrage

from referral.htcds.errors import ExportRefused, PartnerFileClosed, PassphraseTooShort

LEAST_PASSPHRASE = 20
MOST_UNPACKED = 200 * 1024 * 1024
NO_TIME = (1980, 1, 1, 0, 0, 0)  # when the files were made is nobody's business


def seal_for_partner(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """Return an age file with a zip of some files; raise `PassphraseTooShort`.

    Make the passphrase with `referral.crypto.staff.new_passphrase`, and tell it by another way than the file goes.
    """
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(
            f"This passphrase is shorter than {LEAST_PASSPHRASE} letters and could be guessed. Let the system make one."
        )
    sealed: bytes = pyrage.passphrase.encrypt(_zipped(files), passphrase.strip())
    return sealed


def open_partner_file(data: bytes, passphrase: str) -> dict[str, bytes]:
    """Return the files of an age file; raise `PartnerFileClosed`."""
    try:
        packed = pyrage.passphrase.decrypt(data, passphrase.strip())
    except pyrage.DecryptError as error:
        raise PartnerFileClosed("The file does not open: another passphrase, or it was changed on its way.") from error
    try:
        return _unzipped(packed)
    except zipfile.BadZipFile as error:
        raise PartnerFileClosed("The file opened, but it holds no zip. Ask the sender to make it anew.") from error


def _zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if not _is_plain(name):
                raise ExportRefused("A file for a partner has a name with a path in it. Use a plain name.")
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _unzipped(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        entries = archive.infolist()
        if not all(_is_plain(entry.filename) for entry in entries):
            raise PartnerFileClosed("The file holds names with paths in them. Do not use it; ask the sender.")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise PartnerFileClosed("The file unpacks to far more than a case can be. Do not use it; ask the sender.")
        return {entry.filename: archive.read(entry) for entry in entries}


def _is_plain(name: str) -> bool:
    return bool(name) and not name.startswith(".") and not any(sign in name for sign in "/\\:\0")
