"""Editing a text: seen beside its translations, checked, saved with a reason, and nothing of anybody lost."""

import re

import pytest
from flask.testing import FlaskClient

from bot.content.changing import Place, Standing, read_changes, read_proposal, read_proposals, value_of
from tests.console.conftest import token
from tests.editor.forms import ANSWERS_AZ, HIGH, LOW, TEXT, changed, send

pytestmark = pytest.mark.databases("sqlite")
ENGLISH = ("life_money", "text")
AZ = ("answer/life_money",)


def test_a_text_is_shown_beside_its_translation_with_what_fills_it(editor: FlaskClient) -> None:
    page = editor.get("/editor/text/answer/hotline_labour?with=az").text
    assert 'name="text-en-text"' in page
    assert 'name="text-az-text"' in page
    assert 'data-insert="{hotline_labour}"><code>{hotline_labour}</code> <bdi>142</bdi>' in page
    assert "phone number · state body · only a weak page says so" in page
    assert "☎\u00a0142" in re.sub(r"<[^>]+>", "", page)  # in the preview, filled in


def test_the_preview_is_of_what_is_typed_and_saves_nothing(editor: FlaskClient, place: Place) -> None:
    typed = changed(place, "az", "qəbzi saxlayın", "qəbzi <script>atın</script>")
    answer = send(editor, LOW, address=f"/editor/preview/{LOW}", **typed).get_json()
    assert "qəbzi &lt;script&gt;atın&lt;/script&gt;" in answer["previews"]["az"]
    assert 'class="error"' in answer["findings"]["az-text"]
    assert answer["findings"]["fa-text"] == ""
    assert answer["second"] is False
    page = send(editor, LOW, look="1", **typed).text  # without a script
    assert "qəbzi &lt;script&gt;atın&lt;/script&gt;" in page
    assert read_changes(place) == []


def test_when_english_changes_people_read_english_until_the_translation_is_done(
    editor: FlaskClient, place: Place
) -> None:
    typed = changed(place, "en", "keep the receipt", "keep every receipt")
    previews = send(editor, LOW, address=f"/editor/preview/{LOW}", **typed).get_json()["previews"]
    assert "keep every receipt" in previews["az"]
    assert "People will read English here" in previews["az"]
    done = typed | changed(place, "az", "qəbzi saxlayın", "hər qəbzi saxlayın") | {"right-fa": "1"}
    previews = send(editor, LOW, address=f"/editor/preview/{LOW}", **done).get_json()["previews"]
    assert "hər qəbzi saxlayın" in previews["az"]
    assert "People will read English here" not in previews["fa"]

    answer = send(editor, LOW, save="1", reason="each one", **done)
    assert answer.headers["Location"] == "/editor/changes/1"
    assert "keep every receipt" in str(value_of(place.locales, "source/answers.yml", ENGLISH))
    for language in ("az", "fa"):
        assert f'state-draft" name="with" value="{language}"' in editor.get(f"/editor/text/{LOW}").text


def test_saving_needs_a_reason_and_keeps_what_was_typed(editor: FlaskClient, place: Place) -> None:
    answer = send(editor, LOW, save="1", reason=" ", **changed(place, "az", "qəbzi saxlayın", "qəbzi atmayın"))
    assert answer.status_code == 422
    assert "Say in a few words why" in answer.text
    assert "qəbzi atmayın" in answer.text
    assert read_changes(place) == []


def test_a_mistake_is_told_at_its_field_in_the_editors_language(editor: FlaskClient, place: Place) -> None:
    editor.post("/language/az", data={"csrf_token": token(editor, "/editor/texts"), "back": "/editor/texts"})
    typed = changed(place, "az", "qəbzi saxlayın", "qəbzi saxlayın!")
    answer = send(editor, LOW, save="1", reason="because", **typed)
    assert answer.status_code == 422
    said = re.search(r'<div id="said-az-text".*?</div>', answer.text, re.DOTALL)
    assert said is not None
    assert "nida" in said[0].lower()
    assert read_changes(place) == []


def test_what_was_changed_meanwhile_is_shown_beside_and_never_overwritten(editor: FlaskClient, place: Place) -> None:
    typed = changed(place, "az", "qəbzi saxlayın", "qəbzi atmayın")
    file = place.locales / ANSWERS_AZ
    by_hand = file.read_text(encoding="utf-8").replace("qəbzi saxlayın", "çeki saxlayın")
    file.write_text(by_hand, encoding="utf-8")

    answer = send(editor, LOW, save="1", reason="because", **typed)
    assert answer.status_code == 409
    assert file.read_text(encoding="utf-8") == by_hand
    assert "<del>çeki</del>" in answer.text
    assert "<ins>qəbzi</ins>" in answer.text
    assert "qəbzi atmayın" in re.search(r'name="text-az-text".*?</textarea>', answer.text, re.DOTALL)[0]

    now = {"was-az-text": str(value_of(place.locales, ANSWERS_AZ, AZ))}
    taken = send(editor, LOW, take="az-text", **{**typed, **now}).text
    assert "çeki saxlayın" in re.search(r'name="text-az-text".*?</textarea>', taken, re.DOTALL)[0]
    mine = send(editor, LOW, save="1", reason="mine is better", **{**typed, **now})
    assert mine.status_code == 302
    assert "qəbzi atmayın" in str(value_of(place.locales, ANSWERS_AZ, AZ))


def test_a_translation_of_english_that_has_changed_meanwhile_is_a_conflict(editor: FlaskClient, place: Place) -> None:
    typed = changed(place, "az", "qəbzi saxlayın", "qəbzi atmayın") | {
        "was-en-text": "What I saw",
        "text-en-text": "What I saw",
    }
    answer = send(editor, LOW, save="1", reason="because", **typed)
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile." in answer.text
    assert read_changes(place) == []


def test_an_answer_of_high_risk_becomes_a_proposal(editor: FlaskClient, place: Place) -> None:
    page = editor.get(f"/editor/text/{HIGH}").text
    assert "Propose to a second editor" in page
    answer = send(editor, HIGH, save="1", reason="clearer", **changed(place, "az", "<b>", "<b>Yox: ", of=HIGH))
    (proposal,) = read_proposals(place)
    assert answer.headers["Location"] == f"/editor/proposals/{proposal.id}"
    assert proposal.standing is Standing.OPEN
    assert read_changes(place) == []
    assert "editor has proposed a change of this text." in editor.get(f"/editor/text/{HIGH}").text


def test_a_review_is_noted_above_the_translation(editor: FlaskClient, place: Place) -> None:
    fields = {"review-az": "native", "reviewer": "Aysel M.", "reason": "read aloud"}
    assert send(editor, LOW, save="1", **fields).status_code == 302
    po = (place.locales / ANSWERS_AZ).read_text(encoding="utf-8")
    assert len(re.findall(r"^# reviewed \(native\): Aysel M\., \d{4}-\d\d-\d\d$", po, re.MULTILINE)) == 2
    assert "state-native" in editor.get("/editor/texts").text


def test_a_new_wording_of_a_consent_is_a_new_version(editor: FlaskClient, place: Place) -> None:
    path = ("texts", "ask_consent", "version")
    file = "source/dialogue.yml"
    before = value_of(place.locales, file, path)
    text = str(value_of(place.locales, file, ("texts", "ask_consent", "text")))
    typed = {"text-en-text": text.replace("caseworkers of", "the caseworkers of", 1), "reason": "x", "save": "1"}
    alone = send(editor, "text/ask_consent", **typed)
    assert alone.status_code == 422  # nobody may be asked in another language than their own
    send(editor, "text/ask_consent", **typed, **{"right-az": "1", "right-fa": "1"})
    (proposal,) = read_proposals(place)
    version = next(edit for edit in proposal.edits if edit.path == path)
    assert version.before == before
    assert version.after != before


def test_a_text_that_is_not_there_has_no_page(editor: FlaskClient) -> None:
    for subject in ("answer/nowhere", "fact/police", "../facts.yml"):
        assert editor.get(f"/editor/text/{subject}").status_code == 404


def test_a_file_that_cannot_be_read_is_told_with_its_line(editor: FlaskClient, place: Place) -> None:
    file = place.locales / TEXT
    file.write_text(
        file.read_text(encoding="utf-8").replace("work_contract:\n", "work_contract\n", 1), encoding="utf-8"
    )
    for address in ("/editor/texts", f"/editor/text/{LOW}", "/editor/report"):
        answer = editor.get(address)
        assert answer.status_code == 409
        assert "The files cannot be read" in answer.text
        assert "source/answers.yml" in answer.text
    for address in ("/editor/changes", "/editor/proposals"):  # what was done can be looked at all the same
        assert editor.get(address).status_code == 200


def test_an_address_leads_to_no_other_file(editor: FlaskClient, place: Place) -> None:
    elsewhere = place.content / "elsewhere.json"
    elsewhere.parent.mkdir(parents=True, exist_ok=True)
    elsewhere.write_text("{}", encoding="utf-8")  # read as a proposal, it would be an error of the program
    assert read_proposal(place, "../elsewhere") is None
    assert editor.get(f"/editor/text/{LOW}?proposal=../elsewhere").status_code == 200
    assert editor.get("/editor/proposals/..%2Felsewhere").status_code == 404
