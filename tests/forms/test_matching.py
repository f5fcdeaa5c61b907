from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from edits import line, map_pieces, retyped, typed_in, with_rows, without_controls, without_flags
from form_sample import FORM
from test_asking import office_rows, reviewed

from commissioning.documents.tree import Control, ControlKind, Document, Paragraph, Piece, Row, Table
from commissioning.findings import Finding, Severity
from commissioning.forms.ask import ask, ask_sheets
from commissioning.forms.fill import fill
from commissioning.forms.match import read_form
from commissioning.model.bid import Chosen, Method, Money, Reading, Rows, Status, Text, YesNo

BLANK = ask(FORM)
VALUES = {
    "name": "Ridge & Vale",
    "scope": "Local",
    "summary": "We help.\nEverywhere.",
    "areas.north": "Yes",
    "clients": "12",
    "later": "15",
    "posts.1.role": "Adviser",
    "posts.2.role": "Manager",
    "posts.2.salary": "£30,000.00",
    "budget.salaries.first": "£1.00",
    "budget.total.second": "£2.00",
    "amount": "£3.00",
    "true": "Yes",
}
FILLED = fill(BLANK, VALUES)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def only(reading: Reading, code: str) -> Finding:
    (finding,) = [finding for finding in reading.findings if finding.code == code]
    return finding


def row_texts(reading: Reading, question: str) -> dict[str, list[str]]:
    value = reading.answer(question).value
    assert isinstance(value, Rows)
    return {row.id: [cell.raw for cell in row.cells] for row in value.rows}


def test_a_blank_form_has_no_answers_and_no_findings() -> None:
    reading = read_form(BLANK, FORM)
    assert {answer.status for answer in reading.answers} == {Status.PLACEHOLDER, Status.BLANK}
    assert all(answer.value is None for answer in reading.answers)
    assert (reading.findings, reading.matched, reading.code) == ((), True, FORM.code)


def test_a_blank_form_whose_prompts_lost_their_flag_still_has_no_answers() -> None:
    reading = read_form(without_flags(BLANK), FORM)
    assert {answer.status for answer in reading.answers} == {Status.PLACEHOLDER, Status.BLANK}
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("change", "methods"),
    [
        (lambda document: document, {Method.TAG}),
        (without_flags, {Method.ALIAS}),
        (without_controls, {Method.LABEL}),
    ],
)
def test_answers_are_found_by_tag_then_alias_then_label(change: object, methods: set[Method]) -> None:
    reading = read_form(change(FILLED), FORM)  # type: ignore[operator]  # a function of the tree
    assert {answer.method for answer in reading.answers} == methods
    assert reading.answer("name").value == Text(text="Ridge & Vale")
    assert reading.answer("summary").value == Text(text="We help.\nEverywhere.")
    assert reading.answer("areas").value == Chosen(options=("north",))
    assert reading.answer("true").value == YesNo(yes=True)
    assert reading.answer("amount").value == Money(amount=Decimal("3.00"))
    assert row_texts(reading, "posts") == {"1": ["Adviser", "", "", ""], "2": ["Manager", "", "", "£30,000.00"]}
    assert row_texts(reading, "budget") == {"salaries": ["£1.00", ""], "total": ["", "£2.00"]}
    assert reading.findings == ()


def test_a_value_typed_over_its_control_is_read_by_its_label() -> None:
    reading = read_form(typed_in(FILLED, "phone", "01632 960123"), FORM)
    answer = reading.answer("phone")
    assert (answer.value, answer.method) == (Text(text="01632 960123"), Method.LABEL)
    assert codes(reading) == []


def test_words_typed_beside_an_untouched_control_are_the_answer() -> None:
    def beside(piece: Piece) -> Piece:
        return replace(piece, text=piece.text + "") if not piece.controls else piece

    def row(each: Row) -> Row:
        cell = each.cells[1]
        return replace(each, cells=(each.cells[0], replace(cell, blocks=(*cell.blocks, line("Typed beside")))))

    document = with_rows(map_pieces(BLANK, beside), "name", lambda rows: (row(rows[0]), *rows[1:]))
    answer = read_form(document, FORM).answer("name")
    assert (answer.status, answer.raw, answer.method) == (Status.ANSWERED, "Typed beside", Method.LABEL)


def test_words_beside_a_filled_control_are_a_conflict_with_both_readings() -> None:
    def row(each: Row) -> Row:
        cell = each.cells[1]
        return replace(each, cells=(each.cells[0], replace(cell, blocks=(*cell.blocks, line("and Hill")))))

    document = with_rows(FILLED, "name", lambda rows: (row(rows[0]), *rows[1:]))
    reading = read_form(document, FORM)
    answer = reading.answer("name")
    assert (answer.status, answer.value) == (Status.CONFLICT, None)
    assert answer.alternatives == ("Ridge & Vale", "Ridge & Vale\nand Hill")
    assert "“Ridge & Vale” or “Ridge & Vale and Hill”" in only(reading, "conflict").message


def test_a_control_copied_and_filled_twice_is_a_conflict_never_first_wins() -> None:
    extra = Control(ControlKind.TEXT, tag="name", alias="name", key="copy")
    copy = Paragraph((Piece("Hill", line("").place, (extra,)),), line("").place)
    document = replace(FILLED, blocks=(copy, *FILLED.blocks))
    answer = read_form(document, FORM).answer("name")
    assert answer.status is Status.CONFLICT
    assert set(answer.alternatives) >= {"Ridge & Vale", "Hill"}


def test_yes_and_no_both_left_standing_is_a_conflict() -> None:
    reading = read_form(typed_in(BLANK, "branch", "Yes / No"), FORM)
    assert reading.answer("branch").status is Status.CONFLICT
    assert "both Yes and No" in only(reading, "conflict").message


def test_a_tick_that_shows_one_thing_and_stores_another_is_a_conflict() -> None:
    def shown_only(piece: Piece) -> Piece:
        return replace(piece, text="☒") if piece.control and piece.control.tag == "true" else piece

    reading = read_form(map_pieces(BLANK, shown_only), FORM)
    assert reading.answer("true").status is Status.CONFLICT
    assert "shows one thing" in only(reading, "conflict").message


def test_drop_down_words_that_are_no_option_are_unreadable_with_the_nearest() -> None:
    reading = read_form(fill(BLANK, {"scope": "National with branch"}), FORM)
    assert reading.answer("scope").status is Status.UNREADABLE
    assert "Was “National, with a local branch” meant?" in only(reading, "ill-formed").message


def test_an_altered_question_is_found_and_noticed() -> None:
    document = without_controls(retyped(FILLED, "What will you do?", "What would you like to do next?"))
    reading = read_form(document, FORM)
    assert reading.answer("summary").raw == "We help.\nEverywhere."
    assert reading.answer("summary").confidence < 0.95
    assert "What would you like to do next?" in only(reading, "altered-question").message


def test_questions_that_differ_by_one_figure_are_never_swapped() -> None:
    document = without_controls(retyped(FILLED, "2.6 How many people in year 2?", "How many people in year 2"))
    reading = read_form(document, FORM)
    assert (reading.answer("clients").raw, reading.answer("later").raw) == ("12", "15")
    doubtful = without_controls(retyped(FILLED, "2.6 How many people in year 2?", "How many people in year"))
    reading = read_form(doubtful, FORM)
    assert (reading.answer("clients").raw, reading.answer("later").status) == ("12", Status.NOT_FOUND)
    assert "unplaced" in codes(reading)


def test_a_question_removed_with_its_answer_is_not_found_and_not_blank() -> None:
    document = with_rows(FILLED, "name", lambda rows: rows[1:])
    reading = read_form(document, FORM)
    assert (reading.answer("name").status, reading.answer("name").method) == (Status.NOT_FOUND, Method.NONE)
    assert only(reading, "removed-question").severity is Severity.ERROR
    assert codes(reading) == ["removed-question"]


def test_a_removed_wording_does_not_hide_an_answer_in_its_control() -> None:
    def bare(each: Row) -> Row:
        return replace(each, cells=(replace(each.cells[0], blocks=()), each.cells[1]))

    document = with_rows(FILLED, "name", lambda rows: (bare(rows[0]), *rows[1:]))
    reading = read_form(document, FORM)
    assert reading.answer("name").value == Text(text="Ridge & Vale")
    assert only(reading, "removed-question").severity is Severity.WARNING


def test_without_control_and_wording_the_words_are_unplaced_and_not_glued_to_the_answer_above() -> None:
    document = without_controls(with_rows(FILLED, "later", lambda rows: (*rows[:3], unknown(rows[3]), *rows[4:])))
    reading = read_form(document, FORM)
    assert reading.answer("clients").raw == "12"
    assert reading.answer("later").status is Status.NOT_FOUND
    assert codes(reading).count("unplaced") >= 1
    assert any(entry.text == "15" and entry.fate == "unplaced" for entry in reading.ledger)


def unknown(row: Row) -> Row:
    return replace(row, cells=(replace(row.cells[0], blocks=(line("Anything else?"),)), row.cells[1]))


def test_an_answer_spilled_into_a_row_below_is_put_to_a_person() -> None:
    def spill(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        below = replace(
            rows[0], cells=(replace(rows[0].cells[0], blocks=()), replace(rows[0].cells[1], blocks=(line("more"),)))
        )
        return (rows[0], below, *rows[1:])

    answer = read_form(without_controls(with_rows(FILLED, "name", spill)), FORM).answer("name")
    assert (answer.status, answer.alternatives) == (Status.CONFLICT, ("Ridge & Vale", "more"))


def test_answers_in_paragraphs_are_read_when_somebody_rewrote_the_layout() -> None:
    lines = ("1.1 Name of your organisation: Ridge", "1.2 E-mail", "a@b.org", "2.1 What will you do?", "One", "Two")
    document = Document("returned.docx", tuple(line(text) for text in lines))
    reading = read_form(document, FORM)
    assert reading.answer("name").raw == "Ridge"
    assert reading.answer("email").raw == "a@b.org"
    assert reading.answer("summary").raw == "One\nTwo"
    assert "no-code" in codes(reading)


def test_rows_added_by_typing_are_read() -> None:
    def add(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        new = replace(
            rows[1],
            cells=tuple(
                replace(cell, blocks=(line(text),))
                for cell, text in zip(rows[1].cells, ("Cook", "8", "No", "£9"), strict=True)
            ),
        )
        return (*rows, new)

    reading = read_form(with_rows(FILLED, "posts", add), FORM)
    assert row_texts(reading, "posts")["4"] == ["Cook", "8", "No", "£9"]
    assert codes(reading) == []


def test_a_copied_row_with_the_same_controls_is_a_row_of_its_own() -> None:
    reading = read_form(with_rows(FILLED, "posts", lambda rows: (*rows[:3], rows[2], *rows[3:])), FORM)
    assert [texts[0] for texts in row_texts(reading, "posts").values()] == ["Adviser", "Manager", "Manager"]


def test_fixed_rows_are_known_by_name_in_any_order_and_an_added_one_is_noticed() -> None:
    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        added = replace(
            rows[1],
            cells=tuple(
                replace(cell, blocks=(line(text),))
                for cell, text in zip(rows[1].cells, ("Rent", "£7", ""), strict=True)
            ),
        )
        return (rows[0], *rows[:0:-1], added)

    for document in (with_rows(FILLED, "budget", change), without_controls(with_rows(FILLED, "budget", change))):
        reading = read_form(document, FORM)
        assert row_texts(reading, "budget") == {"total": ["", "£2.00"], "salaries": ["£1.00", ""], "1": ["£7", ""]}
        assert codes(reading) == ["added-row"]


def test_a_removed_fixed_row_is_noticed() -> None:
    reading = read_form(with_rows(FILLED, "budget", lambda rows: (*rows[:2], *rows[3:])), FORM)
    assert "“Training and supervision”" in only(reading, "removed-row").message


def test_a_moved_column_is_followed_by_its_title_or_its_controls() -> None:
    def swap(row: Row) -> Row:
        first, second, *rest = row.cells
        return replace(row, cells=(replace(second, column=0), replace(first, column=1), *rest))

    document = with_rows(FILLED, "posts", lambda rows: tuple(map(swap, rows)))
    for each in (document, without_controls(document)):
        assert row_texts(read_form(each, FORM), "posts")["1"] == ["Adviser", "", "", ""]


def test_a_cell_merged_over_two_columns_is_a_conflict() -> None:
    def merge(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        first, _, *rest = rows[1].cells
        return (rows[0], replace(rows[1], cells=(replace(first, span=2), *rest)), *rows[2:])

    reading = read_form(without_controls(with_rows(FILLED, "posts", merge)), FORM)
    value = reading.answer("posts").value
    assert isinstance(value, Rows)
    assert value.rows[0].cell("role").status is Status.CONFLICT
    assert "more than one column" in only(reading, "conflict").message


def test_one_unreadable_cell_leaves_the_rest_of_the_table_readable() -> None:
    reading = read_form(fill(FILLED, {"budget.training.first": "£2k"}), FORM)
    value = reading.answer("budget").value
    assert isinstance(value, Rows)
    assert [row.cell("first").status for row in value.rows] == [Status.ANSWERED, Status.UNREADABLE, Status.PLACEHOLDER]
    assert only(reading, "ill-formed").question == "budget"


def test_a_table_without_its_title_row_is_read_by_its_controls() -> None:
    reading = read_form(with_rows(FILLED, "posts", lambda rows: rows[1:]), FORM)
    assert row_texts(reading, "posts")["2"] == ["Manager", "", "", "£30,000.00"]


def test_a_table_known_only_by_its_titles_is_read() -> None:
    only_table = next(block for block in FILLED.blocks if isinstance(block, Table) and block.title == "Question 2.7")
    document = without_controls(Document("t.docx", (only_table,)))
    assert row_texts(read_form(document, FORM), "posts")["1"][0] == "Adviser"


@pytest.mark.parametrize(
    ("code", "round", "expected"),
    [
        ("other-2026 v1 0a1b2c3d", "other-2026", "wrong-form"),
        ("river-2026 v2 ffffffff", "river-2026", "old-version"),
        ("river-2026 v0 ffffffff", "", "old-version"),
        ("river-2026-b v1 ffffffff", "", "wrong-form"),
    ],
)
def test_another_form_is_recognised_by_its_code(code: str, round: str, expected: str) -> None:
    document = replace(
        retyped(FILLED, FORM.code, code),
        stories=(),
        properties={"commissioning-form": code, "commissioning-round": round},
    )
    reading = read_form(document, FORM)
    assert (reading.code, reading.matched) == (code, False)
    assert expected in codes(reading)
    assert code in only(reading, expected).message


def test_of_another_rounds_form_nothing_more_is_asked_and_nothing_is_lost() -> None:
    document = Document(
        "other.docx", (line("1. Your stall"), line("Jam")), properties={"commissioning-form": "fair-1 v1 ab"}
    )
    reading = read_form(document, FORM)
    assert codes(reading) == ["wrong-form"]
    assert [entry.text for entry in reading.ledger if entry.fate == "unplaced"] == ["1. Your stall", "Jam"]


def test_the_printed_code_serves_when_the_property_is_lost() -> None:
    reading = read_form(replace(FILLED, properties={}), FORM)
    assert (reading.code, reading.matched, codes(reading)) == (FORM.code, True, [])


def test_no_code_at_all_is_noticed_and_judged_by_the_questions() -> None:
    bare = replace(retyped(FILLED, f"Form code: {FORM.code}", ""), properties={}, stories=())
    reading = read_form(bare, FORM)
    assert (reading.code, reading.matched, codes(reading)) == ("", True, ["no-code"])
    empty = read_form(Document("empty.docx", ()), FORM)
    assert (empty.matched, {answer.status for answer in empty.answers}) == (False, {Status.NOT_FOUND})


def test_two_different_codes_in_one_file_are_put_to_a_person() -> None:
    document = replace(FILLED, blocks=(*FILLED.blocks, line("Form code: other-2026 v1 0a1b2c3d")))
    assert "two different form codes" in only(read_form(document, FORM), "conflict").message


def test_findings_of_the_reader_of_the_file_are_passed_on() -> None:
    noticed = Finding(code="comment", severity=Severity.WARNING, message="There is a comment.")
    assert read_form(replace(BLANK, findings=(noticed,)), FORM).findings == (noticed,)


def test_a_prompt_left_beside_the_answer_is_taken_off_and_said() -> None:
    document = without_flags(typed_in(BLANK, "name", "Type your answer hereRidge"))
    reading = read_form(document, FORM)
    assert (reading.answer("name").raw, codes(reading)) == ("Ridge", ["prompt-left"])


def test_rows_the_office_began_are_known_by_its_words_even_when_sorted() -> None:
    form, rows = reviewed(), {"review": office_rows()}
    sent = ask_sheets(form, rows)
    returned = without_controls(
        with_rows(fill(sent, {"review.a.new": "Hill"}), "review", lambda rows: (rows[0], *rows[:0:-1]))
    )
    reading = read_form(returned, form, prefilled=rows, blank=sent)
    assert row_texts(reading, "review") == {"a": ["Ridge", "Hill"]}
    assert codes(reading) == []


def test_words_of_the_office_that_came_back_changed_are_noticed() -> None:
    form, rows = reviewed(), {"review": office_rows()}
    sent = ask_sheets(form, rows)
    returned = retyped(fill(sent, {"review.a.new": "Hill"}), "Ridge", "Bridge")
    reading = read_form(returned, form, prefilled=rows, blank=sent)
    assert row_texts(reading, "review") == {"a": ["Bridge", "Hill"]}
    assert "changed-read-only" in codes(reading)
