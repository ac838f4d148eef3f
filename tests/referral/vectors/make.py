"""Write the known answers of the present format versions. Run once for a new version; never to make a test pass.

.venv/bin/python -m tests.referral.vectors.make > tests/referral/vectors/v1.json
"""

import base64
import datetime as dt
import json
from uuid import UUID

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from referral.crypto.binding import Binding, pack_address, sign_binding
from referral.crypto.certificates import StaffIdentity, certify, organisation_verify_key
from referral.crypto.codes import derive_code
from referral.crypto.escrow import paper_from_key, share
from referral.crypto.letters import Author, sign_letter
from referral.crypto.manifest import ListedOrganisation, Manifest, sign_manifest
from referral.crypto.records import RecordContext, seal_record, sign_record
from referral.crypto.routes import route_tag, seal_on_call, seal_route
from referral.crypto.staff import KdfProfile, lock_staff, staff_signing_key
from referral.safe_contact import SafeContact

CASE = UUID("00112233-4455-6677-8899-aabbccddeeff")
STAFF = UUID("ffeeddcc-bbaa-9988-7766-554433221100")
KEY = bytes(range(32))
PAYLOAD = "pasportum işəgötürəndədir · паспорт · جواز السفر"


def text(value: bytes) -> str:
    """Return bytes as JSON takes them."""
    return base64.b64encode(value).decode()


def own_identity() -> StaffIdentity:
    """Return the identity of a member of staff who signs letters."""
    verify = bytes(SigningKey(staff_signing_key(KEY)).verify_key)
    return StaffIdentity(CASE, 2, STAFF, "leyla", "intake", bytes(PrivateKey(KEY).public_key), verify)


def main() -> None:
    """Print the vectors."""
    context = RecordContext(CASE, "case_field", "narrative", 3)
    public = bytes(PrivateKey(KEY).public_key)
    sealed = seal_record(public_key=public, context=context, payload=PAYLOAD, day=dt.date(2026, 11, 26))
    identity = StaffIdentity(CASE, 2, STAFF, "leyla", "intake", public, bytes(SigningKey(KEY).verify_key))
    code = derive_code("1234567890123452", pepper=bytes(16))
    lock = lock_staff(KEY, "neme-vike-notu", profile=KdfProfile(1, 8 * 1024 * 1024))
    custodians = [bytes([number]) * 32 for number in (1, 2, 3)]
    listed = ListedOrganisation(CASE, "Ümid", 2, public, {2: organisation_verify_key(KEY)})
    manifest = Manifest(
        number=7,
        issued=dt.date(2026, 11, 26),
        expires=dt.date(2027, 12, 31),
        demo=False,
        intake=CASE,
        relay_public_key=public,
        bot_verify_keys=(bytes(SigningKey(KEY).verify_key),),
        custodians=tuple(bytes(PrivateKey(key).public_key) for key in custodians),
        organisations=(listed,),
    )
    shares = share(KEY, manifest.custodians)
    binding = Binding.of(case_id=CASE, public_key=public, code_tag=code.tag, reply_public_key=code.public_key)
    bound = sign_binding(binding, signing_key=KEY)
    author = Author(own_identity(), certify(own_identity(), organisation_key=KEY), staff_signing_key(KEY))
    vectors = {
        "record": text(sealed.blob),
        "record_signature": text(sign_record(signing_key=KEY, context=context, sealed=sealed)),
        "route": text(
            seal_route(
                12345,
                route_key=KEY,
                case_public_key=public,
                case_id=CASE,
                language="az",
                safe_contact=SafeContact("morning", "notice"),
            )
        ),
        "route_tag": text(route_tag(12345, index_key=KEY)),
        "on_call": text(seal_on_call(12345, route_key=KEY, language="ru")),
        "certificate": text(certify(identity, organisation_key=KEY)),
        "code_tag": text(code.tag),
        "code_public_key": text(code.public_key),
        "staff_signing_key": text(staff_signing_key(KEY)),
        "lock": {
            "salt": text(lock.salt),
            "login_hash": text(lock.login_hash),
            "locked": text(lock.locked_private_key),
        },
        "paper": paper_from_key(KEY),
        "shares": {pair: text(share_.blob) for pair, share_ in shares.items()},
        "manifest": sign_manifest(manifest, admin_key=KEY).decode(),
        "address": text(pack_address(binding, bound)),
        "letter": sign_letter({"kind": "reply", "text": PAYLOAD, "case_id": CASE.hex}, author=author).decode(),
    }
    print(json.dumps(vectors, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
