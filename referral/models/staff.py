"""Members of staff and their locked keys."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.enums import StaffRole
from referral.models.base import Base, UtcTime


class Staff(Base):
    """A person who works for an organisation.

    The private key opens with the passphrase or with the recovery code. The certificate, made with the organisation's
    key, says that these public keys are this person's: who can only write into the database cannot make one.
    """

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    role: Mapped[StaffRole] = mapped_column(Enum(StaffRole, native_enum=False, length=20))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    kdf_operations: Mapped[int]
    kdf_memory: Mapped[int]
    login_hash: Mapped[bytes] = mapped_column(LargeBinary)
    locked_private_key: Mapped[bytes] = mapped_column(LargeBinary)
    recovery_salt: Mapped[bytes] = mapped_column(LargeBinary)
    recovery_hash: Mapped[bytes] = mapped_column(LargeBinary)
    recovery_locked_key: Mapped[bytes] = mapped_column(LargeBinary)
    verify_key: Mapped[bytes] = mapped_column(LargeBinary)
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    certificate_epoch: Mapped[int]
    active: Mapped[bool]
    failed_tries: Mapped[int]
    locked_until: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    created_day: Mapped[dt.date] = mapped_column(Date)
    pairing_tag: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    pairing_until: Mapped[dt.datetime | None] = mapped_column(UtcTime)
