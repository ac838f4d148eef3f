"""Whose signature and whose key can be believed: decided by the signed list of keys, never by the database alone."""

from dataclasses import dataclass
from uuid import UUID

from referral.crypto.binding import Binding, check_binding
from referral.crypto.certificates import StaffIdentity, check_certificate
from referral.crypto.manifest import ListedOrganisation, Manifest
from referral.crypto.records import RecordContext, verify_record
from referral.crypto.sealed import Sealed
from referral.errors import ForgedRecord, UnknownOrganisation
from referral.models import CaseRecord, Staff
from referral.service.authors import Author


@dataclass(frozen=True)
class Trust:
    """The signed list of keys, asked about one thing."""

    manifest: Manifest

    def by_bot(self, context: RecordContext, sealed: Sealed, signature: bytes | None) -> bool:
        """Tell whether the bot wrote this value in this row."""
        keys = self.manifest.bot_verify_keys
        return any(_signed(key, context, sealed, signature) for key in keys)

    def check_binding(self, case: CaseRecord) -> None:
        """Raise `ForgedRecord` unless the bot made this case with this key and this code."""
        binding = Binding.of(
            case_id=case.case_id,
            public_key=case.public_key,
            code_tag=case.code_tag,
            reply_public_key=case.reply_public_key,
        )
        check_binding(binding, case.binding or b"", verify_keys=self.manifest.bot_verify_keys)

    def by_staff(self, author: Author | None, context: RecordContext, sealed: Sealed, signature: bytes | None) -> bool:
        """Tell whether this member of staff wrote this value in this row; a colleague who has left counts too."""
        if author is None:
            return False
        try:
            self.check_certificate(author)
        except (ForgedRecord, UnknownOrganisation):
            return False
        return _signed(author.verify_key, context, sealed, signature)

    def colleague_key(self, staff: Staff, *, epoch: int | None = None) -> bytes:
        """Return the key to which something may be sealed for a colleague.

        Raise `ForgedRecord` unless the organisation's present key vouches for it: who has left could have made a
        certificate with an earlier one. `epoch` names another key, for a database that is older than the list.
        """
        expected = self.organisation(staff.organisation_id).epoch if epoch is None else epoch
        if not staff.active or staff.certificate_epoch != expected:
            raise ForgedRecord(f"The key of {staff.login!r} is not certified with the organisation's present key.")
        self.check_certificate(staff)
        return staff.public_key

    def organisation(self, organisation_id: UUID) -> ListedOrganisation:
        """Return an organisation's public keys; raise `UnknownOrganisation` when the list does not name it."""
        found = self.manifest.organisation(organisation_id)
        if found is None:
            raise UnknownOrganisation("The signed list of keys does not name this organisation.")
        return found

    def check_certificate(self, staff: Staff | Author) -> None:
        """Raise `ForgedRecord` unless the organisation vouches for this person's keys and role."""
        key = self.organisation(staff.organisation_id).verify_keys.get(staff.certificate_epoch)
        if key is None:
            raise ForgedRecord(f"The key of {staff.login!r} is not certified by the organisation.")
        check_certificate(identity_of(staff), staff.certificate, verify_key=key)


def identity_of(staff: Staff | Author, *, epoch: int | None = None) -> StaffIdentity:
    """Return what a member of staff's certificate says, or, with `epoch`, what a new one would say."""
    return StaffIdentity(
        organisation_id=staff.organisation_id,
        epoch=staff.certificate_epoch if epoch is None else epoch,
        staff_id=staff.id,
        login=staff.login,
        role=staff.role.value,
        public_key=staff.public_key,
        verify_key=staff.verify_key,
    )


def _signed(key: bytes, context: RecordContext, sealed: Sealed, signature: bytes | None) -> bool:
    try:
        verify_record(verify_key=key, context=context, sealed=sealed, signature=signature or b"")
    except ForgedRecord:
        return False
    return True
