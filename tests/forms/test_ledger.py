from __future__ import annotations

from dataclasses import replace

from edits import line, retyped, typed_in, without_controls
from form_sample import FORM
from hypothesis import given
from hypothesis import strategies as st

from commissioning.documents.tree import Document, Piece, Story, pieces
from commissioning.findings import Place
from commissioning.forms.ask import ask
from commissioning.forms.fill import fill
from commissioning.forms.ledger import cross_check
from commissioning.forms.match import read_form
from commissioning.model.bid import Reading

BLANK = ask(FORM)
FILLED = fill(BLANK, {"name": "Ridge", "summary": "We help.", "areas.north": "Yes", "posts.1.role": "Adviser"})


def fates(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in reading.ledger:
        found.setdefault(entry.fate, []).append(entry.text)
    return found


def unplaced(reading: Reading) -> list[str]:
    return [entry.text for entry in reading.ledger if entry.fate == "unplaced"]


def test_answers_are_placed_and_all_else_of_the_form_is_its_own() -> None:
    reading = read_form(FILLED, FORM)
    placed = {entry.question: entry.text for entry in reading.ledger if entry.fate == "placed"}
    assert placed["name"] == "Ridge"
    assert placed["summary"] == "We help."
    assert placed["posts"] == "Adviser"
    assert unplaced(reading) == []
    assert "Name of your organisation" in " ".join(fates(reading)["boilerplate"])


def test_words_between_the_questions_are_listed_with_their_place_and_never_lost() -> None:
    document = replace(FILLED, blocks=(*FILLED.blocks[:12], line("Please call first."), *FILLED.blocks[12:]))
    reading = read_form(document, FORM)
    assert unplaced(reading) == ["Please call first."]
    (finding,) = reading.findings
    assert (finding.code, finding.place) == ("unplaced", line("").place)
    assert "3 words" in finding.message
    assert "call" not in finding.message


def test_comments_text_boxes_and_notes_are_listed() -> None:
    stories = (
        *BLANK.stories,
        *(Story(name, (line(f"In a {name}."),)) for name in ("comment 1", "text box 1", "footnote 2")),
    )
    reading = read_form(replace(FILLED, stories=stories), FORM)
    assert unplaced(reading) == ["In a comment 1.", "In a text box 1.", "In a footnote 2."]


def test_the_foot_of_the_page_is_known_even_with_page_numbers_and_repeated() -> None:
    foot = line(f"Form code: {FORM.code}\tPage 1 of 9")
    stories = (*BLANK.stories, Story("footer", (foot,)), Story("footer2", (foot, line("Written by a person"))))
    assert unplaced(read_form(replace(FILLED, stories=stories), FORM)) == ["Written by a person"]


def test_the_forms_own_words_in_another_place_are_not_its_own() -> None:
    document = replace(FILLED, blocks=(line("Why we ask: It tells us about summary."), *FILLED.blocks))
    assert unplaced(read_form(document, FORM)) == ["Why we ask: It tells us about summary."]


def test_the_forms_own_words_pasted_twice_are_listed_once() -> None:
    document = replace(FILLED, blocks=(*FILLED.blocks, line(FORM.closing[0])))
    assert unplaced(read_form(document, FORM)) == [FORM.closing[0]]


def test_changed_wording_of_the_form_is_listed() -> None:
    document = retyped(FILLED, "We ask about your organisation once.", "We ask about your organisation twice.")
    assert unplaced(read_form(document, FORM)) == ["We ask about your organisation twice."]


def test_struck_words_are_no_answer_and_are_listed_as_struck() -> None:
    struck = replace(line("Yes"), pieces=(Piece("Yes", line("").place), Piece(" No", line("").place, struck=True)))
    table = typed_in(BLANK, "branch", "")
    document = replace(table, blocks=tuple(table.blocks))
    document = _in_cell(document, "1.8", struck)
    reading = read_form(document, FORM)
    assert reading.answer("branch").raw == "Yes"
    assert unplaced(reading) == [" No"]
    assert "struck through" in reading.findings[0].message


def _in_cell(document: Document, number: str, words: object) -> Document:
    def change(block: object) -> object:
        rows = getattr(block, "rows", None)
        if rows is None:
            return block
        return replace(
            block, rows=tuple(_with(row, words) if row.cells[0].text.startswith(number) else row for row in rows)
        )  # type: ignore[type-var]  # a table

    return replace(document, blocks=tuple(change(block) for block in document.blocks))  # type: ignore[arg-type]  # blocks


def _with(row: object, words: object) -> object:
    label, answer = row.cells  # type: ignore[attr-defined]  # a row
    return replace(row, cells=(label, replace(answer, blocks=(words,))))  # type: ignore[type-var]  # a row


def test_white_space_is_never_a_finding() -> None:
    document = replace(FILLED, blocks=(line(" \t\u00a0"), *FILLED.blocks, line("")))
    assert read_form(document, FORM).findings == ()


words = st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=6)


@given(words, st.lists(st.integers(0, len(BLANK.blocks)), max_size=6), st.booleans())
def test_the_ledger_holds_every_piece_once_and_in_order(texts: list[str], spots: list[int], bare: bool) -> None:
    blocks = list(FILLED.blocks)
    for text, spot in zip(texts, spots, strict=False):
        blocks.insert(spot, line(text))
    document = replace(
        FILLED, blocks=tuple(blocks), stories=(*BLANK.stories, Story("comment 1", tuple(map(line, texts))))
    )
    document = without_controls(document) if bare else document
    reading = read_form(document, FORM)
    assert [(entry.text, entry.place) for entry in reading.ledger] == [
        (piece.text, piece.place) for piece in pieces(document)
    ]
    assert all(bool(entry.question) is (entry.fate == "placed") for entry in reading.ledger)
    listed = sum(finding.code == "unplaced" for finding in reading.findings)
    assert bool(listed) is bool(unplaced(reading))


def test_a_megabyte_in_one_answer_is_placed_whole() -> None:
    text = "1.1 Name of your organisation: word\n" * 30_000
    document = fill(BLANK, {"summary": text, "name": text})
    for each in (document, without_controls(document)):
        reading = read_form(each, FORM)
        assert reading.answer("summary").raw == text.strip()
        assert reading.answer("name").raw == text.strip()
        assert unplaced(reading) == []


def test_an_independent_reading_finds_what_the_tree_lacks() -> None:
    here = Place(file="f.docx")
    tree = (Piece("One ", here), Piece("two three", here))
    assert cross_check(tree, ("One two", "three", " "), "f.docx") == ()
    (missing,) = cross_check(tree, ("One two", "three", "four"), "f.docx")
    assert (missing.code, missing.place) == ("not-in-tree", here)
    assert "4 characters" in missing.message
    (twice,) = cross_check(tree, ("One two", "three", "three"), "f.docx")
    assert "5 characters" in twice.message
