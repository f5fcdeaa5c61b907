from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from commissioning.values.text import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        ("a\x00b\x01c\x1bd\x7fe\x9ff", "abcdef"),
        ("before\ud800after\udfff", "beforeafter"),
        ("\ufdd0\ufffe\uffff.", "."),
        ("pay \u202eevil\u202c \u2066now\u2069", "pay evil now"),
        ("tab\tstays", "tab\tstays"),
        ("😀 مرحبا שלום é e\u0301", "😀 مرحبا שלום é e\u0301"),
        ("", ""),
    ],
)
def test_only_what_no_document_can_carry_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters()))
def test_clean_text_passes_through_xml_unchanged_and_is_clean_already(text: str) -> None:
    once = clean(text)
    element = etree.Element("t")
    element.text = once
    assert etree.fromstring(etree.tostring(element)).text or once == ""
    assert (etree.fromstring(etree.tostring(element)).text or "") == once
    assert clean(once) == once


def test_letters_are_not_normalised() -> None:
    composed, decomposed = "é", unicodedata.normalize("NFD", "é")
    assert clean(composed) == composed
    assert clean(decomposed) == decomposed
