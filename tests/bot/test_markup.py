"""Texts as Telegram takes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.markup import LIMIT, plain, split, well_formed
from bot.text import utf16_length


@pytest.mark.parametrize("text", ["<b>a", "a</b>", "<b><i>a</b></i>", "<script>a</script>", '<a href="x">a</a>'])
def test_broken_or_foreign_markup_becomes_words(text: str) -> None:
    assert "<" not in well_formed(text)


def test_good_markup_stays() -> None:
    assert well_formed("<b>a &lt; b</b>") == "<b>a &lt; b</b>"


@given(st.lists(st.text(alphabet="a ə😀<>&\n", min_size=0, max_size=3000), max_size=8))
def test_no_part_is_too_long_or_empty_and_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines)
    parts = split(text)
    assert all(0 < utf16_length(plain(part)) <= LIMIT for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_answer_is_cut_between_lines() -> None:
    text = "\n".join(f"<b>line {n}</b> {'x' * 200}" for n in range(60))
    parts = split(text)
    assert len(parts) > 1
    assert all(part.startswith("<b>line") for part in parts)


def test_blank_lines_make_no_empty_message() -> None:
    assert split("\n\n  \n") == []
