"""The 16-digit code that leads a person back to their request; it looks like a phone number."""

import re
import secrets
from dataclasses import dataclass

from nacl.bindings import crypto_box_seed_keypair
from nacl.pwhash import argon2id

DIGITS = 16
OPERATIONS = 3
MEMORY = 64 * 1024 * 1024
_SEPARATORS = re.compile(r"[\s\-.()]+")
_FOREIGN_DIGITS = {ord(a): str(i) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for i, a in enumerate(row)}


@dataclass(frozen=True)
class CodeKeys:
    """What a code leads to: the tag under which its case is found, and the key that opens its replies."""

    tag: bytes
    private_key: bytes
    public_key: bytes

    def __repr__(self) -> str:
        return "CodeKeys()"


def new_code() -> str:
    """Return a new code of 15 random digits and a check digit."""
    body = "".join(secrets.choice("0123456789") for _ in range(DIGITS - 1))
    return body + _check_digit(body)


def looks_like_code(text: str) -> bool:
    """Tell whether a message is nothing but about as many digits as a code has."""
    digits = code_digits(text)
    return digits.isdecimal() and DIGITS - 2 <= len(digits) <= DIGITS + 2


def parse_code(text: str) -> str | None:
    """Return the code's digits, or None when it is not 16 digits with a right check digit."""
    digits = code_digits(text)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdecimal():
        return None
    return digits if _check_digit(digits[:-1]) == digits[-1] else None


def derive_code(code: str, *, pepper: bytes) -> CodeKeys:
    """Derive tag and keys from a code by Argon2id (3 passes, 64 MiB); `pepper` has 16 bytes.

    Memory-hard, because 15 digits alone could be tried through by who has the database.
    """
    secret = argon2id.kdf(64, code.encode(), pepper, opslimit=OPERATIONS, memlimit=MEMORY)
    public, private = crypto_box_seed_keypair(secret[32:])
    return CodeKeys(tag=secret[:32], private_key=private, public_key=public)


def code_digits(text: str) -> str:
    """Return the digits of a message without what people put between them."""
    return _SEPARATORS.sub("", text).translate(_FOREIGN_DIGITS)


def _check_digit(body: str) -> str:
    """Return Luhn's digit: one wrong digit or two swapped ones are noticed (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
