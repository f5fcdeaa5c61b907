from __future__ import annotations

from decimal import Decimal

from form_sample import FORM

from commissioning.documents.tree import ControlKind, Document, Paragraph, Table, paragraphs, pieces
from commissioning.forms.ask import MUST, ask, ask_sheets
from commissioning.forms.prompts import is_prompt, without_prompt
from commissioning.model.bid import CellAnswer, Chosen, Money, RowAnswer, Rows, Status, Text
from commissioning.model.form import Column, Form, Kind, Question

BLANK = ask(FORM)


def controls(document: Document) -> dict[str, ControlKind]:
    return {control.tag: control.kind for piece in pieces(document) for control in piece.controls}


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(document.blocks)]


def test_every_question_has_a_control_with_its_id_as_tag_and_alias() -> None:
    names = {tag.partition(".")[0] for tag in controls(BLANK)}
    assert names == {asked.id for asked in FORM.asked}
    assert all(piece.control.tag == piece.control.alias for piece in pieces(BLANK) if piece.control)


def test_the_kind_of_control_fits_the_kind_of_question() -> None:
    kinds = controls(BLANK)
    assert kinds["name"] is ControlKind.TEXT
    assert kinds["summary"] is ControlKind.LONG_TEXT
    assert kinds["scope"] is kinds["branch"] is kinds["posts.1.new"] is ControlKind.CHOICE
    assert kinds["start"] is ControlKind.DATE
    assert kinds["areas.north"] is kinds["true"] is ControlKind.TICK
    assert kinds["budget.salaries.first"] is ControlKind.TEXT
    assert "posts.3.salary" in kinds
    assert "posts.4.salary" not in kinds


def test_drop_down_lists_offer_the_options_with_their_ids() -> None:
    offered = {piece.control.tag: piece.control.options for piece in pieces(BLANK) if piece.control}
    assert offered["branch"] == (("Yes", "yes"), ("No", "no"))
    assert offered["scope"][1] == ("National, with a local branch", "national")


def test_every_prompt_of_the_form_is_known_to_the_reader() -> None:
    prompts = [piece.text for piece in pieces(BLANK) if piece.control and piece.control.placeholder]
    assert len(prompts) > 20
    assert all(is_prompt(prompt) for prompt in prompts)
    assert not any(is_prompt(asked.label) for asked in FORM.asked)


def test_a_prompt_left_beside_an_answer_is_taken_off() -> None:
    assert without_prompt("Type your answer here We will") == "We will"
    assert without_prompt("We willType your answer here") == "We will"
    assert without_prompt("We will") == "We will"
    assert not is_prompt("x" * 1_000_000)


def test_the_form_says_which_form_it_is_inside_in_print_and_at_the_foot() -> None:
    assert BLANK.properties["commissioning-form"] == FORM.code
    assert BLANK.properties["commissioning-round"] == FORM.id
    assert BLANK.properties["title"] == FORM.title
    assert texts(BLANK)[-1] == f"Form code: {FORM.code}"
    (foot,) = BLANK.stories
    assert (foot.name, [paragraph.text for paragraph in paragraphs(foot.blocks)]) == (
        "footer",
        [f"Form code: {FORM.code}"],
    )


def test_the_form_says_in_words_what_must_be_answered_how_long_when_and_why() -> None:
    said = texts(BLANK)
    assert f"1.1 Name of your organisation{MUST}" in said
    assert "1.2 E-mail" in said
    assert "Up to 20 words." in said
    assert "Tick all that apply." in said
    assert "Answer this only if the answer to 1.7 is “National, with a local branch”. With its own board." in said
    assert "Why we ask: It tells us about summary." in said


def test_headings_have_no_gaps_and_every_table_is_described() -> None:
    headings = [block.heading for block in BLANK.blocks if isinstance(block, Paragraph) and block.heading]
    assert headings == [1] * (1 + len(FORM.sections))
    tables = [block for block in BLANK.blocks if isinstance(block, Table)]
    assert all(table.title and table.description for table in tables)
    assert all(abs(sum(table.widths) - 1) < 1e-9 and len(table.widths) == len(table.rows[0].cells) for table in tables)


def test_table_questions_repeat_their_titles_on_every_page() -> None:
    headed = [block for block in BLANK.blocks if isinstance(block, Table) and block.rows[0].header]
    assert [[cell.text for cell in table.rows[0].cells] for table in headed] == [
        ["Role", "Hours a week", "New post?", "Salary"],
        ["Item", "2026-27", "2027-28"],
    ]


def test_what_the_office_has_filled_in_stands_in_the_controls() -> None:
    cell = CellAnswer(column="first", status=Status.ANSWERED, value=Money(amount=Decimal(500)))
    rows = Rows(rows=(RowAnswer(id="training", cells=(cell,)),))
    filled = ask(FORM, {"name": Text(text="Ridge"), "areas": Chosen(options=("south",)), "budget": rows})
    shown = {piece.control.tag: piece for piece in pieces(filled) if piece.control}
    assert shown["name"].text == "Ridge"
    assert not shown["name"].control.placeholder  # type: ignore[union-attr]  # it was found by its control
    assert (shown["areas.south"].text, shown["areas.north"].text) == ("☒", "☐")
    assert shown["budget.training.first"].text == "£500.00"


def test_sheets_have_a_heading_for_each_section_and_a_row_for_each_question() -> None:
    sheets = ask_sheets(FORM)
    headings = [block.pieces[0].text for block in sheets.blocks if isinstance(block, Paragraph) and block.heading == 1]
    assert headings == [section.title for section in FORM.sections]
    assert controls(sheets) == controls(BLANK)


def test_read_only_columns_are_printed_and_cannot_be_typed_in() -> None:
    form = reviewed()
    shown = ask_sheets(form, {"review": office_rows()})
    assert set(controls(shown)) == {"review.a.new", "review.b.new"}
    assert "Ridge" in texts(shown)


def reviewed() -> Form:
    columns = (Column(id="who", title="Provider", read_only=True), Column(id="new", title="Correction"))
    review = Question(id="review", text="What should it say?", kind=Kind.TABLE, why="It is checked.", columns=columns)
    section = FORM.sections[2]
    asked = section.asked[0].with_changes(question=review, number="1.1", required=False)
    return FORM.with_changes(sections=(section.with_changes(asked=(asked,)),))


def office_rows() -> Rows:
    def row(id: str, who: str) -> RowAnswer:
        return RowAnswer(id=id, cells=(CellAnswer(column="who", status=Status.ANSWERED, value=Text(text=who)),))

    return Rows(rows=(row("a", "Ridge"), row("b", "Vale")))
