"""The directory page: who is behind each, what is not known, by topic and language."""

from flask.testing import FlaskClient


def test_the_police_are_named_as_the_police(client: FlaskClient) -> None:
    page = client.get("/directory?topic=trafficking").text
    assert 'behind-police">police' in page
    assert "This is the police. Say so before you offer it." in page


def test_what_nobody_has_confirmed_is_said_to_be_unknown(client: FlaskClient) -> None:
    page = client.get("/directory?topic=health").text
    assert "phone number, opening hours, languages" in page
    assert "<dt>Police are told</dt><dd>not known</dd>" in page


def test_the_page_is_filtered(client: FlaskClient) -> None:
    page = client.get("/directory?topic=stay&language=fa").text
    assert page.count("<article") == 1
    assert "YİMER 157" in page
    assert "Only those whose languages are known are shown." in page


def test_a_filter_that_does_not_exist_shows_everybody(client: FlaskClient) -> None:
    everybody = client.get("/directory").text.count("<article")
    assert client.get("/directory?topic=<script>&language=zz").text.count("<article") == everybody > 15
