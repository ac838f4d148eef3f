"""The directory says what was published, and "not known" for everything else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from referral.directory import Behind, Confidence, Directory, DirectoryError, Kind, load_directory

LOCALES = Path(__file__).resolve().parent.parent.parent / "locales"


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The directory as it is shipped."""
    return load_directory(LOCALES)


def test_every_provider_is_named_in_the_consoles_languages(directory: Directory) -> None:
    for one in directory.providers.values():
        for name, words in one.texts.items():
            assert not words or {"az", "en", "ru"} <= set(words), f"{one.id}: {name}"
            assert one.texts["name"], one.id


def test_who_is_the_police_is_said(directory: Directory) -> None:
    police = [one for one in directory.providers.values() if one.behind is Behind.POLICE]
    assert {one.id for one in police} == {"trafficking_152", "police_102"}
    assert all(one.police_told for one in police)


def test_a_number_is_one_of_facts_yml_and_an_unconfirmed_one_is_not_known(directory: Directory) -> None:
    assert [phone.value for phone in directory.providers["trafficking_152"].phones] == ["152"]
    assert directory.providers["clean_world"].phones == ()  # its fact has no value
    assert directory.providers["women_860"].phones[0].confidence is Confidence.THEN


def test_who_left_the_country_is_not_in_it(directory: Directory) -> None:
    names = " ".join(one.text("name", "en") for one in directory.providers.values())
    for gone in ("UNHCR", "UNICEF", "UNDP", "Azerbaijan Migration Centre"):
        assert gone not in names


def test_who_fits_a_topic_comes_first_and_emergency_lines_take_no_cases(directory: Directory) -> None:
    fitting, others = directory.recipients("work")
    assert {"labour_142", "labour_inspection", "dost_centres"} == {one.id for one in fitting}
    assert all(one.kind is Kind.SERVICE for one in (*fitting, *others))
    assert "emergency_112" not in {one.id for one in others}


def test_the_directory_is_filtered_by_topic_and_language(directory: Directory) -> None:
    assert [one.id for one in directory.fitting(topic="stay", language="fa")] == ["yimer_157"]
    assert len(directory.fitting()) == len(directory.providers)


def test_an_untranslated_text_is_shown_in_english(directory: Directory) -> None:
    provider = directory.providers["women_860"]
    assert provider.text("hours", "ka") == "9 to 18 (2021)"
    assert directory.providers["police_102"].text("hours", "az") == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda entry: entry.update(phones=["no_such_fact"]), "no entry 'no_such_fact'"),
        (lambda entry: entry.update(phones=["allowance"]), "is no phone"),
        (lambda entry: entry.update(behind="friends"), "'friends' is not a valid"),
        (lambda entry: entry.update(topics=["shoes"]), "'shoes' is none of"),
        (lambda entry: entry.update(police_told="maybe"), "true, false or empty"),
        (lambda entry: entry.update(languages=["Azeri!"]), "must be codes"),
        (lambda entry: entry.update(name={"az": "yalnız azərbaycanca"}), "no English name"),
        (lambda entry: entry.pop("hours"), "'hours' is missing"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, change: Callable[[dict[str, object]], object], says: str) -> None:
    shutil.copy(LOCALES / "facts.yml", tmp_path)
    raw = yaml.safe_load((LOCALES / "providers.yml").read_text(encoding="utf-8"))
    change(raw["providers"]["labour_142"])
    (tmp_path / "providers.yml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(DirectoryError, match="labour_142") as caught:
        load_directory(tmp_path)
    assert says in str(caught.value)


@pytest.mark.parametrize(("content", "says"), [("a: [", "is not YAML"), ("[]", "has no part 'providers'")])
def test_a_broken_file_is_named(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "providers.yml").write_text(content, encoding="utf-8")
    (tmp_path / "facts.yml").write_text("facts: {}", encoding="utf-8")
    with pytest.raises(DirectoryError, match=says):
        load_directory(tmp_path)
