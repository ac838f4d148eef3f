"""A file for a partner: offered only with permission, sealed, its passphrase shown once, and as agreed."""

import base64
import html
import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from referral import session_scope
from referral.audit import Act, entries_about
from referral.ceremony import NewOrganisation
from referral.console.app import MOST_BYTES
from referral.enums import StaffRole
from referral.htcds import PartnerFileClosed, open_partner_file
from referral.models import ConsentRecord
from referral.recipients import ITEMS, Recipient
from tests.console.conftest import agree, fill, hidden, of, refer, send, signed_in, token
from tests.referral.conftest import World

Told = Callable[..., UUID]
SHELTER = Recipient(provider="clean_world")


@pytest.fixture
def case(world: World, told: Told) -> UUID:
    """A case that leyla has taken."""
    made = told(words={"code_word": "sunflower"})
    world.take(made)
    return made


def passphrase_of(page: str) -> str:
    """Return the passphrase that a page shows."""
    found = re.search(r'class="secret"[^>]*>([^<]+)<', page)
    assert found
    return html.unescape(found[1])


def exports(world: World, case: UUID) -> int:
    """Return how many exports of a case the log has."""
    with session_scope(world.engine) as session:
        return sum(entry.act is Act.CASE_EXPORTED for entry in entries_about(session, case))


@pytest.mark.databases("sqlite")  # making and opening a file takes seconds on purpose
def test_from_the_assessment_to_the_opened_file(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER, "narrative", "assessment")
    page = f"/case/{case}"
    assert f"{page}/export" in client.get(page).text
    fill(client, f"{page}/assessment", f"{page}/assessment", vic_MethodsOfControl=["Threats"])
    shown = send(client, f"{page}/export", f"{page}/export", recipient=str(SHELTER), target="json")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    sealed = hidden(shown.text, f"{page}/export/file")["sealed"]
    data = {"csrf_token": token(client, page), "sealed": sealed}
    saved = client.post(f"{page}/export/file", data=data)
    assert saved.headers["Content-Disposition"] == f'attachment; filename="case-{case.hex[:8]}.zip.age"'
    assert (saved.headers["Cache-Control"], saved.mimetype) == ("no-store", "application/octet-stream")
    files = open_partner_file(saved.data, passphrase_of(shown.text))
    text = json.dumps(json.loads(files["cases.json"]))
    assert "Threats" in text
    assert "they keep my passport" in text
    for withheld in ("sunflower", "near the port"):
        assert withheld not in text
    with pytest.raises(PartnerFileClosed):
        open_partner_file(saved.data, "another-passphrase-that-is-long")
    assert exports(world, case) == 1


@pytest.mark.databases("sqlite")  # making and opening a file takes seconds on purpose
@pytest.mark.parametrize("target", ["csv", "kobo", "excel"])
def test_every_kind_of_file_fits_through_the_form(client: FlaskClient, world: World, told: Told, target: str) -> None:
    case = told()
    world.take(case)
    agree(world, case, SHELTER, *ITEMS)
    url = f"/case/{case}/export"
    shown = send(client, url, url, recipient=str(SHELTER), target=target)
    sealed = hidden(shown.text, f"{url}/file")["sealed"]
    assert len(sealed) < MOST_BYTES / 3
    saved = client.post(f"{url}/file", data={"csrf_token": token(client, url), "sealed": sealed})
    assert open_partner_file(saved.data, passphrase_of(shown.text))


@pytest.mark.databases("sqlite")  # making and opening a file takes seconds on purpose
def test_nothing_that_can_be_read_is_in_the_page(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER, *ITEMS)
    url = f"/case/{case}/export"
    shown = send(client, url, url, recipient=str(SHELTER), target="json").text
    assert "they keep my passport" not in shown
    content = base64.urlsafe_b64decode(hidden(shown, f"{url}/file")["sealed"])
    assert content.startswith(b"age-encryption.org/v1")
    assert b"passport" not in content


@pytest.mark.databases("sqlite")  # making and opening a file takes seconds on purpose
def test_two_files_have_two_passphrases(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/export"
    made = {passphrase_of(send(client, url, url, recipient=str(SHELTER), target="json").text) for _ in range(2)}
    assert len(made) == 2


def test_nothing_is_offered_without_consent(client: FlaskClient, case: UUID) -> None:
    page = client.get(f"/case/{case}/export").text
    assert "Nobody may receive this case yet. Ask the person first." in page
    assert 'name="target"' not in page
    assert f"/case/{case}/ask" in page


def test_to_whom_it_was_referred_a_file_can_be_made_for(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER, "narrative")
    refer(world, case, SHELTER)
    page = client.get(f"/case/{case}/export").text
    assert f'value="{SHELTER}"' in page
    assert "what happened, in their words" in page


def test_somebody_without_consent_gets_no_file_chosen_by_hand(
    client: FlaskClient, world: World, case: UUID, partner: NewOrganisation
) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/export"
    for wrong in (str(of(partner)), "provider:nobody", "nonsense", ""):
        answer = send(client, url, url, recipient=wrong, target="json")
        assert answer.status_code == 409, wrong
        assert 'name="sealed"' not in answer.text
    assert send(client, url, url, recipient=str(SHELTER), target="exe").status_code == 409
    assert exports(world, case) == 0


@pytest.mark.parametrize("spoiled", ["withdrawn_day", "signature"])
def test_a_consent_that_was_taken_back_or_is_forged_makes_no_file(
    client: FlaskClient, world: World, case: UUID, spoiled: str
) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/export"
    csrf = token(client, url)
    with session_scope(world.engine) as session:
        for row in session.scalars(select(ConsentRecord).where(ConsentRecord.staff_id.is_not(None))):
            setattr(row, spoiled, bytes(64) if spoiled == "signature" else row.given_day)
    answer = client.post(url, data={"csrf_token": csrf, "recipient": str(SHELTER), "target": "json"})
    assert (answer.status_code, 'name="sealed"' in answer.text) == (409, False)
    assert exports(world, case) == 0


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"PK\x03\x04 a zip that anybody can read"])
def test_only_a_sealed_file_is_given_back(client: FlaskClient, case: UUID, content: bytes) -> None:
    url = f"/case/{case}/export/file"
    data = {"csrf_token": token(client, f"/case/{case}"), "sealed": base64.urlsafe_b64encode(content).decode()}
    answer = client.post(url, data=data)
    assert answer.status_code == 409
    assert "Content-Disposition" not in answer.headers
    assert client.post(url, data={"csrf_token": data["csrf_token"], "sealed": "é"}).status_code == 409


def test_no_file_is_made_or_given_without_the_forms_token(client: FlaskClient, world: World, case: UUID) -> None:
    agree(world, case, SHELTER)
    url = f"/case/{case}/export"
    assert client.post(url, data={"recipient": str(SHELTER), "target": "json"}).status_code == 400
    sealed = base64.urlsafe_b64encode(b"age-encryption.org/v1\nx").decode()
    assert client.post(f"{url}/file", data={"sealed": sealed}).status_code == 400
    assert exports(world, case) == 0


def test_who_received_a_referral_makes_no_file_of_it(
    app: Flask, world: World, case: UUID, partner: NewOrganisation
) -> None:
    world.hire("rauf", StaffRole.SUPERVISOR, partner)
    agree(world, case, of(partner), *ITEMS)
    refer(world, case, of(partner))
    other, url = signed_in(app, "rauf"), f"/case/{case}/export"
    assert url not in other.get(f"/case/{case}").text
    assert other.get(url).status_code == 404
    data = {"csrf_token": token(other, "/queue"), "recipient": str(of(partner)), "target": "json"}
    assert other.post(url, data=data).status_code == 404
