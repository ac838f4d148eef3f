"""A case goes out as files only to whom the person agreed to, and without what they withheld."""

import json
from pathlib import Path

import pytest

from bot.cli.exporting import write_for_partner
from bot.errors import OperatorError
from bot.settings import Settings
from referral import NoConsent, session_scope
from referral.audit import entries_about
from referral.enums import LegalBasis, StaffRole
from referral.errors import NotPermitted
from referral.htcds import Target, open_partner_file, read_json, seal_for_partner
from referral.models import ConsentRecord
from referral.recipients import SUPPORT, Recipient
from referral.service.asking import override_consent
from referral.service.exporting import export
from referral.service.notes import set_assessment
from tests.referral.conftest import PASSPHRASE, World
from tests.referral.sharing import agree

PROVIDER = Recipient(provider="legal-aid")
NAMES = {str(PROVIDER): "Legal aid"}


def exported(
    world: World, case: object, *, to: Recipient = PROVIDER, target: Target = Target.JSON, login: str = "leyla"
) -> dict[str, bytes]:
    """Export a case."""
    signed_in, trust = world.signed_in(login), world.trust
    with session_scope(world.console) as session:
        return export(
            session,
            signed_in=signed_in,
            trust=trust,
            case_id=case,  # type: ignore[arg-type]
            recipient=to,
            target=target,
            organisation_names=NAMES,
        )


def assess(world: World, case: object, **fields: object) -> None:
    """Store an assessment."""
    signed_in = world.signed_in()
    with session_scope(world.console) as session:
        set_assessment(session, signed_in=signed_in, case_id=case, assessment=json.dumps(fields))  # type: ignore[arg-type]


def test_without_consent_nothing_goes_out(world: World) -> None:
    case = world.open()
    world.take(case)
    with pytest.raises(NoConsent):
        exported(world, case)
    with session_scope(world.engine) as session:
        assert "case_exported" not in [entry.act.value for entry in entries_about(session, case)]


def test_what_was_agreed_goes_out_and_what_was_withheld_does_not(world: World) -> None:
    case = world.open(narrative="they keep my passport")
    world.take(case)
    assess(world, case, prs_Gender="Feminine", vic_MethodsOfControl=["WithholdsDocuments"])
    agree(world, case, PROVIDER)
    (found,) = read_json(exported(world, case)["cases.json"])
    assert [record.get("cco_CaseComment") for record in found.comments] == ["they keep my passport"]
    assert found.person.get("prs_Gender") is None
    assert found.victim.get("vic_MethodsOfControl") is None
    assert found.consent.get("x_ConsentRecipient") == str(PROVIDER)
    with session_scope(world.engine) as session:
        acts = [entry.act.value for entry in entries_about(session, case)]
    assert acts.index("case_exported") < len(acts) - 1 or acts[-1] == "case_read"


def test_a_consent_that_a_thief_wrote_into_the_database_exports_nothing(world: World) -> None:
    case = world.open()
    world.take(case)
    agree(world, case, Recipient(provider="somebody-else"))
    with session_scope(world.engine) as session:
        row = session.query(ConsentRecord).filter(ConsentRecord.purpose == SUPPORT).one()
        row.recipient, row.signature = str(PROVIDER), bytes(64)
    with pytest.raises(NoConsent, match="not genuine"):
        exported(world, case)


def test_a_decision_without_consent_is_named_in_the_file(world: World) -> None:
    case = world.open()
    world.take(case)
    world.hire("aydan", StaffRole.SUPERVISOR)
    signed_in = world.signed_in("aydan")
    with session_scope(world.console) as session:
        override_consent(
            session,
            signed_in=signed_in,
            case_id=case,
            recipient=PROVIDER,
            purpose=SUPPORT,
            basis=LegalBasis.COURT_ORDER,
            reason="order of 1 October",
        )
    (found,) = read_json(exported(world, case)["cases.json"])
    assert "court_order" in str(found.consent.get("x_LegalBasis"))


@pytest.mark.databases("sqlite")  # making and opening a file takes seconds on purpose
def test_every_form_can_be_made_and_travels_under_a_passphrase(world: World) -> None:
    case = world.open()
    world.take(case)
    agree(world, case, PROVIDER)
    forms = {target: exported(world, case, target=target) for target in Target}
    assert all(forms.values())
    files = {f"{target}-{name}": content for target, made in forms.items() for name, content in made.items()}
    assert len(files) == sum(map(len, forms.values()))
    sealed = seal_for_partner(files, "one-two-three-four-five-six")
    assert b"passport" not in sealed
    assert open_partner_file(sealed, "one-two-three-four-five-six") == files


def test_an_editor_exports_nothing(world: World) -> None:
    case = world.open()
    world.hire("editor", StaffRole.EDITOR)
    with pytest.raises(NotPermitted):
        exported(world, case, login="editor")


@pytest.mark.databases("sqlite")
def test_the_command_writes_a_file_that_only_its_passphrase_opens(world: World, tmp_path: Path) -> None:
    case = world.open()
    world.take(case)
    agree(world, case, PROVIDER)
    out = tmp_path / "for-partner.age"
    settings = Settings.from_env({"KORPU_DATA_DIR": str(world.data_dir)})

    def write(to: str) -> str:
        return write_for_partner(
            settings, case=case.hex[:8], to=to, out=out, by="leyla", target="json", ask=lambda _text, _hide: PASSPHRASE
        )

    with pytest.raises(OperatorError, match="not known"):
        write("nobody")
    with pytest.raises(OperatorError, match="no valid consent"):
        write("provider:somebody-else")
    assert not out.exists()
    passphrase = write("provider:legal-aid")
    assert b"passport" not in out.read_bytes()
    assert set(open_partner_file(out.read_bytes(), passphrase)) == {"cases.json"}
    with pytest.raises(OperatorError, match="exists already"):
        write("provider:legal-aid")
