"""The second reader, which shares nothing with the first."""

import ast
from pathlib import Path

from word_xml import STRICT_W, W, p, part, r, sdt, tbl, tc, tr, word, zipped

import commissioning.documents.flat
from commissioning.documents.flat import flat_text


def test_every_text_of_every_part_is_given_in_the_order_stored() -> None:
    orphan = {"word/nowhere.xml": part("hdr", p(r("orphan")))}
    body = p(r("one ") + sdt(r("two"))) + tbl(tr(tc(p(r("three")))))
    assert flat_text(word(body, orphan)) == ("one ", "two", "three", "orphan")


def test_text_that_tracked_changes_took_away_is_left_out() -> None:
    moved = f"<w:moveFrom>{r('moved')}</w:moveFrom><w:del>{r('odd')}<w:r><w:delText>gone</w:delText></w:r></w:del>"
    rows = tr(tc(p(r("row"))), properties="<w:del/>") + tr(tc(p(r("cell")), "<w:cellDel/>"), tc(p(r("kept"))))
    assert flat_text(word(p(moved + f"<w:ins>{r('in')}</w:ins>") + tbl(rows))) == ("in", "kept")


def test_of_alternative_contents_the_first_with_text_is_read() -> None:
    choice, old, only = f"<mc:Choice>{r('new')}</mc:Choice>", r("old"), r("only")
    both = f"<mc:AlternateContent>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    one = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{only}</mc:Fallback></mc:AlternateContent>"
    assert flat_text(word(p(both + one))) == ("new", "only")


def test_building_blocks_and_parts_that_are_no_xml_are_passed_over() -> None:
    more = {"word/glossary/document.xml": part("document", p(r("Click here"))), "word/broken.xml": b"<w:t>"}
    assert flat_text(word(p(r("x")), more)) == ("x",)


def test_the_strict_standard_is_read_too() -> None:
    content = part("document", p(r("strict"))).replace(W.encode(), STRICT_W.encode())
    assert flat_text(zipped({"word/document.xml": content})) == ("strict",)


def test_it_shares_no_code_with_any_other_reader() -> None:
    tree = ast.parse(Path(commissioning.documents.flat.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "collections.abc", "typing", "xml.etree", "xml.etree.ElementTree"}
