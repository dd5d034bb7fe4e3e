"""Names of files after what people call things: any name will do, and no file takes another's place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.file_words import MOST, file_word, unlike


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Umberto I (Umbertino)", "umberto-i-umbertino"),
        ("Città/alta\\n..", "citta-alta-n"),
        ("../../etc", "etc"),
        ("CON", "con-"),
        ("lpt1.", "lpt1-"),
        ("§", ""),
        ("x" * 300, "x" * MOST),
    ],
)
def test_that_a_name_becomes_a_word_that_every_disk_takes(name, word):
    assert file_word(name) == word


@given(st.lists(st.text(max_size=80) | st.sampled_from(["Centro", "centro", "CENTRO 2", "Centro-2", "Centro 3"])))
def test_that_no_two_names_share_a_file_even_where_capitals_are_one(names):
    words = list(unlike(file_word(each) or "quartiere" for each in names))
    assert len({each.casefold() for each in words}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", each) for each in words)


def test_that_a_word_of_its_own_is_kept_and_only_the_later_are_numbered():
    assert list(unlike(["centro", "centro", "centro-2", "mare", "centro"])) == [
        "centro", "centro-3", "centro-2", "mare", "centro-4",
    ]  # fmt: skip
