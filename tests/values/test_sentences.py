"""Sentences that end once, counts that agree, lists with an "and"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.values.sentences import count_of, end_sentence, listed, open_sentence


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("delivered services", "delivered services."),
        ("delivered services.", "delivered services."),
        ("delivered services..", "delivered services."),
        ("and so on...", "and so on..."),
        ("Is it? ", "Is it?"),
        ("He said “no.”", "He said “no.”"),
        ("He said “no”", "He said “no”."),
        ("(see over)", "(see over)."),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_sentence_ends_once(words: str, ended: str) -> None:
    assert end_sentence(words) == ended


@given(st.text(max_size=20))
def test_ending_a_sentence_twice_changes_nothing_more(words: str) -> None:
    assert end_sentence(end_sentence(words)) == end_sentence(words)


@pytest.mark.parametrize(("words", "opened"), [("its own board", "Its own board"), ("IDVA", "IDVA"), ("", "")])
def test_a_sentence_opens_with_a_capital(words: str, opened: str) -> None:
    assert open_sentence(words) == opened


@pytest.mark.parametrize(("number", "says"), [(0, "0 places"), (1, "1 place"), (2, "2 places"), (1000, "1,000 places")])
def test_a_count_agrees_with_its_noun(number: int, says: str) -> None:
    assert count_of(number, "place", "places") == says


@pytest.mark.parametrize(
    ("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_the_last_of_a_list_stands_after_an_and(words: tuple[str, ...], said: str) -> None:
    assert listed(words) == said
