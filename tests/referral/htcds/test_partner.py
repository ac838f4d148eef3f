"""A file for a partner opens with its passphrase and with nothing else. Trying one costs a second, so there are few."""

import io
import zipfile

import pytest

from referral.crypto.staff import new_passphrase
from referral.htcds import ExportRefused, PartnerFileClosed, PassphraseTooShort, open_partner_file, seal_for_partner
from referral.htcds.partner import _unzipped, _zipped

FILES = {"cases.csv": "x_CaseId\r\nəlaqə".encode(), "organisations.csv": b""}
PASSPHRASE = new_passphrase()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """A sealed file."""
    return seal_for_partner(FILES, PASSPHRASE)


def test_files_come_back_with_the_passphrase(sealed: bytes) -> None:
    assert sealed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"cases.csv" not in sealed
    assert open_partner_file(sealed, f" {PASSPHRASE}\n") == FILES


def test_another_passphrase_or_a_changed_file_does_not_open(sealed: bytes) -> None:
    with pytest.raises(PartnerFileClosed, match="another passphrase"):
        open_partner_file(sealed, new_passphrase())
    with pytest.raises(PartnerFileClosed, match="another passphrase"):
        open_partner_file(sealed[:-1] + bytes([sealed[-1] ^ 1]), PASSPHRASE)
    with pytest.raises(PartnerFileClosed):
        open_partner_file(b"not an age file", PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "short", "nineteen-letters-ok", " " * 40])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(PassphraseTooShort, match="Let the system make one"):
        seal_for_partner(FILES, passphrase)


@pytest.mark.parametrize("name", ["../cases.csv", "a/b", "a\\b", ".hidden", "c:x"])
def test_a_name_with_a_path_goes_neither_out_nor_in(name: str) -> None:
    with pytest.raises(ExportRefused, match="path"):
        seal_for_partner({name: b""}, PASSPHRASE)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, b"")
    with pytest.raises(PartnerFileClosed, match="paths"):
        _unzipped(target.getvalue())


def test_when_the_files_were_made_is_not_told() -> None:
    with zipfile.ZipFile(io.BytesIO(_zipped(FILES))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
