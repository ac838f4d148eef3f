"""The search of the canary test finds what lies there: a search that finds nothing would prove nothing."""

import os
import time
from pathlib import Path

import pytest

from tests.system.traces import files_with, spellings, spellings_of_chat, temporary_files_with

MARKER = "gizli-söz-e5d1"


@pytest.mark.parametrize("content", spellings(MARKER))
def test_each_spelling_of_a_text_is_found_in_the_middle_of_a_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"before " + content + b" after")
    assert len(files_with(tmp_path, spellings(MARKER))) == 1


@pytest.mark.parametrize("content", spellings_of_chat(912_345_678))
def test_each_spelling_of_a_chat_is_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(b"\x01" + content)
    assert files_with(tmp_path, spellings_of_chat(912_345_678)) != []


def test_a_file_without_it_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"something else")
    assert files_with(tmp_path, spellings(MARKER)) == []


def test_temporary_files_are_searched_when_they_are_new_enough(tmp_path: Path) -> None:
    began = time.time()
    left = tmp_path / "left"
    left.write_bytes(MARKER.encode())
    found = temporary_files_with(spellings(MARKER)[:1], since=began - 1)
    assert [hit for hit in found if hit.startswith(str(left))] != []
    os.utime(left, (began - 100, began - 100))
    found = temporary_files_with(spellings(MARKER)[:1], since=began - 1)
    assert [hit for hit in found if hit.startswith(str(left))] == []
