"""Writing a case for a partner."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.database import organisation, transaction
from bot.cli.staffing import Ask, unlock
from bot.errors import OperatorError
from bot.settings import Settings
from referral.crypto.staff import new_passphrase
from referral.htcds import Target, seal_for_partner
from referral.models import CaseRecord
from referral.published import PublicFile, write_private
from referral.recipients import PROVIDER, Recipient
from referral.service.exporting import export
from referral.service.trust import Trust

SHORTEST = 8


def write_for_partner(
    settings: Settings, *, case: str, to: str, out: Path, by: str | None, target: str, ask: Ask
) -> str:
    """Write the file and return its passphrase; raise `OperatorError` when it may not be written."""
    public = organisation(settings)
    recipient = _recipient(public, to)
    names = {str(own.organisation_id): own.name for own in public.manifest.organisations}
    if out.exists():
        raise OperatorError(f"{out} exists already. Name another file.")
    signed_in = unlock(settings, by, ask)
    with transaction(settings) as session:
        files = export(
            session,
            signed_in=signed_in,
            trust=Trust(public.manifest),
            case_id=_case(session, case),
            recipient=recipient,
            target=Target(target),
            organisation_names=names,
        )
    passphrase = new_passphrase()
    write_private(out, seal_for_partner(files, passphrase))
    return passphrase


def _recipient(public: PublicFile, to: str) -> Recipient:
    if to.startswith(PROVIDER):
        return Recipient.from_text(to)
    for own in public.manifest.organisations:
        if to.strip().casefold() in {own.name.casefold(), str(own.organisation_id)}:
            return Recipient(organisation_id=own.organisation_id)
    names = ", ".join(repr(own.name) for own in public.manifest.organisations)
    raise OperatorError(f"{to!r} is not known. Name one of {names}, or provider:ID.")


def _case(session: Session, text: str) -> UUID:
    wanted = text.strip().lower().replace("-", "")
    found = [case_id for case_id in session.scalars(select(CaseRecord.case_id)) if case_id.hex.startswith(wanted)]
    if len(wanted) < SHORTEST or len(found) != 1:
        raise OperatorError(f"{text!r} is not the number of one case. Give more letters of it, eight at least.")
    return found[0]
