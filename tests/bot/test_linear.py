"""The linear models: their views of a text, and that a model comes back as it was saved."""

from pathlib import Path

import pytest

from bot.linear import TextModel, latin_spellings
from bot.linear.concepts import ConceptError, load_concepts, read_concepts
from bot.linear.learning import learn_features, learn_text_model
from bot.linear.views import Text, skeleton, stems, words
from bot.text import folded_words

TEXTS = [
    "pay my salary",
    "no salary this month",
    "boss pays nothing",
    "my visa ends",
    "extend the visa",
    "visa is over",
]
LABELS = ["wages", "wages", "wages", "visa", "visa", "visa"]


def test_concepts_are_found_in_every_language_and_by_beginnings_and_sequences() -> None:
    lexicon = {"x.yml": {"PASSPORT": ["pasport*", "паспорт*", "جواز سفر"], "NOT_LET": ["not allowed", "buraxmır*"]}}
    concepts = read_concepts(lexicon)
    assert concepts.found(folded_words("pasportumu götürdü")) == {"PASSPORT"}
    assert concepts.found(folded_words("Забрали паспорта, buraxmırlar")) == {"PASSPORT", "NOT_LET"}
    assert concepts.found(folded_words("i am not allowed out")) == {"NOT_LET"}
    assert concepts.found(folded_words("allowed, not")) == set()


def test_an_arabic_word_is_read_without_its_article_too() -> None:
    assert read_concepts({"ar.yml": {"POLICE": ["شرطة"]}}).found(folded_words("خايفة من الشرطة")) == {"POLICE"}


def test_a_concept_that_has_no_words_yet_is_found_nowhere() -> None:
    assert read_concepts({"az.yml": {"WORK": [], "HOME": ["ev*"]}}).found(["evde"]) == {"HOME"}


def test_a_concept_without_letters_is_named_with_its_file() -> None:
    with pytest.raises(ConceptError, match=r"az\.yml: WORK: the pattern '\*'"):
        read_concepts({"az.yml": {"WORK": ["*"]}})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("где паспорт", "gde pasport"), ("სად არის", "sad aris"), ("де моє житло", "de moye zhytlo")],
)
def test_texts_are_also_known_in_latin_letters(text: str, expected: str) -> None:
    assert expected in latin_spellings(text)


def test_a_latin_text_needs_no_copy() -> None:
    assert latin_spellings("iş icazəsi") == []


def test_finglish_and_persian_have_one_skeleton() -> None:
    assert set(skeleton(Text.of("پاسپورتم"))) & set(skeleton(Text.of("pasportam")))
    assert skeleton(Text.of("მე")) == []


def test_views_count_folded_words() -> None:
    assert words(Text.of("İş İcazəsi")) == ["is", "icazesi", "is icazesi"]
    assert stems(Text.of("pasportumu aldı")) == ["paspo", "aldi"]


def test_one_text_is_counted_as_the_texts_that_were_learned() -> None:
    features, rows = learn_features(TEXTS, ["chars", "words", "stems"])
    for number, text in enumerate(TEXTS):
        row, learned = features.row(Text.of(text)), rows[number].toarray()[0]
        assert set(row.columns) == set(learned.nonzero()[0])
        assert row.values == pytest.approx(learned[row.columns])
    assert not features.row(Text.of("???"))


def test_the_lexicon_is_read_with_the_model_and_not_with_the_first_message(tmp_path: Path) -> None:
    texts = [f"{text} passport" for text in TEXTS]
    learn_text_model(texts, LABELS, views=["words", "concepts"]).save(tmp_path / "model.npz")
    load_concepts.cache_clear()
    TextModel.load(tmp_path / "model.npz")
    assert load_concepts.cache_info().currsize == 1


def test_a_model_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    model = learn_text_model(TEXTS, LABELS, views=["chars", "words"])
    model.save(tmp_path / "model.npz")
    again = TextModel.load(tmp_path / "model.npz")
    for text in ("where is my salary", "visa"):
        assert [name for name, _p in again.ranking(Text.of(text), 2)] == [
            name for name, _p in model.ranking(Text.of(text), 2)
        ]
    assert model.ranking(Text.of("visa"), 1)[0][0] == "visa"
    assert model.ranking(Text.of(""), 2) == []
    assert sum(p for _name, p in again.ranking(Text.of("visa"), 2)) == pytest.approx(1, abs=1e-3)
