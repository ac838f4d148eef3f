"""Sealing with PyNaCl alone; the public-key side is what the bot uses."""

from referral.crypto.binding import Binding, check_binding, pack_address, sign_binding, unpack_address
from referral.crypto.casekey import NewCaseKey, new_case_key
from referral.crypto.codes import DIGITS as CODE_DIGITS
from referral.crypto.codes import CodeKeys, code_digits, derive_code, looks_like_code, new_code, parse_code
from referral.crypto.letters import Author, open_letter, sign_letter
from referral.crypto.records import (
    RecordContext,
    open_record,
    pack_envelope,
    seal_record,
    sign_record,
    unpack_envelope,
    verify_record,
)
from referral.crypto.routes import OnCall, Route, open_on_call, open_route, route_tag, seal_on_call, seal_route
from referral.crypto.sealed import Sealed, open_bytes, seal_bytes
from referral.crypto.staff import (
    KdfProfile,
    StaffKeys,
    StaffLock,
    lock_staff,
    new_passphrase,
    new_recovery_code,
    new_staff_keys,
    staff_signing_key,
    unlock_staff,
)

__all__ = [
    "CODE_DIGITS",
    "Author",
    "Binding",
    "CodeKeys",
    "KdfProfile",
    "NewCaseKey",
    "OnCall",
    "RecordContext",
    "Route",
    "Sealed",
    "StaffKeys",
    "StaffLock",
    "check_binding",
    "code_digits",
    "derive_code",
    "lock_staff",
    "looks_like_code",
    "new_case_key",
    "new_code",
    "new_passphrase",
    "new_recovery_code",
    "new_staff_keys",
    "open_bytes",
    "open_letter",
    "open_on_call",
    "open_record",
    "open_route",
    "pack_address",
    "pack_envelope",
    "parse_code",
    "route_tag",
    "seal_bytes",
    "seal_on_call",
    "seal_record",
    "seal_route",
    "sign_binding",
    "sign_letter",
    "sign_record",
    "staff_signing_key",
    "unlock_staff",
    "unpack_address",
    "unpack_envelope",
    "verify_record",
]
