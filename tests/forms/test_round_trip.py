"""Generated bids typed into the blank form by tag, written as Word, and read back equal; also without any control."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from edits import without_controls
from form_sample import FORM
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commissioning.config.rounds import read_round_and_form
from commissioning.documents.flat import flat_text
from commissioning.documents.tree import Document, pieces
from commissioning.documents.word.read import read_word
from commissioning.documents.word.write import write_word
from commissioning.documents.workbook.read import read_workbook
from commissioning.documents.workbook.write import write_workbook
from commissioning.forms.answer import typed
from commissioning.forms.ask import ask, ask_sheets
from commissioning.forms.fill import fill
from commissioning.forms.ledger import cross_check
from commissioning.forms.match import read_form
from commissioning.forms.prompts import is_prompt, without_prompt
from commissioning.model.bid import Chosen, Reading, Rows, Status, YesNo
from commissioning.model.form import Column, Kind, Question
from commissioning.values.showing import show_day
from commissioning.values.text import clean

ROOT = Path(__file__).parents[2]
HOUSE = (ROOT / "templates" / "house.docx").read_bytes()
ROUNDS = sorted(path.parent.name for path in ROOT.glob("assessments/*/form.yaml"))
BLANK = ask(FORM)
HOSTILE = (
    "{{ 7*7 }}",
    "{% raw %}",
    "<w:p>&amp;]]>",
    "a\x00b\x1b",
    "x\ud800y",
    "🙂👩‍👩‍👧",
    "שלום \u202eabc",
    "=1+1",
    "£12k",
    "twelve thousand",
)

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_characters="\t\n\r\x0b\x0c\x85\u2028\u2029"), min_size=1, max_size=40),
)
long_words = st.lists(words, min_size=1, max_size=4).map("\n".join)
BY_KIND: dict[Kind, st.SearchStrategy[str]] = {
    Kind.TEXT: words,
    Kind.LONG_TEXT: long_words,
    Kind.YES_NO: st.sampled_from(["Yes", "No"]),
    Kind.TICK: st.sampled_from(["Yes", "No"]),
    Kind.MONEY: st.one_of(
        st.integers(0, 10**9).map(lambda pence: f"£{pence / 100:,.2f}"),
        st.sampled_from(["£12k", "12,000.00", "twelve thousand"]),
    ),
    Kind.NUMBER: st.integers(0, 10**6).map("{:,}".format),
    Kind.PERCENT: st.integers(0, 100).map("{}%".format),
    Kind.DATE: st.one_of(st.dates(date(1900, 1, 1)).map(show_day), st.just("05/06/21")),
    Kind.EMAIL: st.sampled_from(["a@b.org", "nobody"]),
    Kind.PHONE: st.just("01632 960123"),
    Kind.POSTCODE: st.sampled_from(["SG1 1AA", "sg11aa"]),
    Kind.CHARITY_NUMBER: st.from_regex(r"[0-9]{7}(-[0-9])?", fullmatch=True),
    Kind.COMPANY_NUMBER: st.from_regex(r"[0-9]{8}", fullmatch=True),
}


# Words without right-to-left letters, which LibreOffice 7.4 multiplies: see the last test of this file.
latin = st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Sc")), min_size=1, max_size=12)
sentence = st.lists(
    st.one_of(latin, st.sampled_from(["{{ x }}", "{% y %}", "<w:p>", "&amp;", "🙂"])), min_size=1, max_size=6
)
BY_KIND_FOR_LIBRE_OFFICE = {
    **BY_KIND,
    Kind.TEXT: sentence.map(" ".join),
    Kind.LONG_TEXT: st.lists(sentence.map(" ".join), min_size=1, max_size=4).map("\n".join),
}

Kinds = Mapping[Kind, st.SearchStrategy[str]]


def tags(asked: Question | Column, name: str, kinds: Kinds) -> Mapping[str, st.SearchStrategy[str]]:
    if asked.kind is Kind.CHOICE:
        return {name: st.sampled_from([option.text for option in asked.options])}
    if asked.kind is Kind.CHOICES:
        return {f"{name}.{option.id}": kinds[Kind.TICK] for option in asked.options}
    return {name: kinds[asked.kind]}


def every_tag(kinds: Kinds) -> dict[str, st.SearchStrategy[str]]:
    found: dict[str, st.SearchStrategy[str]] = {}
    for asked in FORM.asked:
        question = asked.question
        rows = [row.id for row in question.rows] or [str(number) for number in range(1, question.blank_rows + 1)]
        for row in rows if question.kind is Kind.TABLE else ():
            for column in question.columns:
                found.update(tags(column, f"{question.id}.{row}.{column.id}", kinds))
        if question.kind is not Kind.TABLE:
            found.update(tags(question, question.id, kinds))
    return found


bids = st.fixed_dictionaries({}, optional=every_tag(BY_KIND))
bids_for_libre_office = st.fixed_dictionaries({}, optional=every_tag(BY_KIND_FOR_LIBRE_OFFICE))


def what_was_typed(bid: Mapping[str, str]) -> dict[str, object]:
    """What reading the bid must give: status and value of every question and every cell, from what was typed alone."""
    expected: dict[str, object] = {}
    for asked in FORM.asked:
        question = asked.question
        if question.kind is Kind.CHOICES:
            ticked = tuple(each.id for each in question.options if bid.get(f"{question.id}.{each.id}") == "Yes")
            expected[question.id] = (Status.ANSWERED, Chosen(options=ticked)) if ticked else (Status.BLANK, None)
        elif question.kind is not Kind.TABLE:
            expected[question.id] = typed_value(question, bid.get(question.id, ""))
    for name, text in bid.items():
        head, _, rest = name.partition(".")
        question = FORM.find(head).question
        if question.kind is Kind.TABLE:
            column = rest.partition(".")[2]
            value = typed_value(next(each for each in question.columns if each.id == column), text)
            if value[0] is not Status.BLANK:
                expected[name] = value
    return expected


def typed_value(asked: Question | Column, text: str) -> tuple[Status, object]:
    if asked.kind is Kind.TICK:
        return (Status.ANSWERED, YesNo(yes=True)) if text == "Yes" else (Status.BLANK, None)
    stands = clean(text).strip()
    result = typed(asked, "" if is_prompt(stands) else without_prompt(stands), None)
    return result.status, result.value


def what_was_read(reading: Reading) -> dict[str, object]:
    found: dict[str, object] = {}
    for asked, answer in zip(FORM.asked, reading.answers, strict=True):
        if asked.question.kind is Kind.TABLE:
            rows = answer.value.rows if isinstance(answer.value, Rows) else ()
            for row in rows:
                for cell in row.cells:
                    if cell.status not in {Status.BLANK, Status.PLACEHOLDER}:
                        found[f"{asked.id}.{row.id}.{cell.column}"] = (cell.status, cell.value)
        else:
            status = Status.BLANK if answer.status is Status.PLACEHOLDER else answer.status
            found[asked.id] = (status, answer.value)
    return found


def through_word(document: Document) -> Document:
    content = write_word(document, HOUSE)
    returned = read_word(content, "bid.docx")
    assert cross_check(pieces(returned), flat_text(content), "bid.docx") == ()
    return returned


def assert_read(document: Document, bid: Mapping[str, str]) -> None:
    reading = read_form(document, FORM)
    assert reading.matched
    assert what_was_read(reading) == what_was_typed(bid)
    assert [entry.text for entry in reading.ledger if entry.fate == "unplaced"] == []


@given(bids)
@settings(max_examples=60)
def test_a_generated_bid_reads_back_equal_from_the_tree(bid: dict[str, str]) -> None:
    assert_read(fill(BLANK, bid), bid)


@given(bids)
@settings(max_examples=60)
def test_a_generated_bid_reads_back_equal_with_every_control_removed(bid: dict[str, str]) -> None:
    assert_read(without_controls(fill(BLANK, bid)), bid)


@given(bids)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_generated_bid_reads_back_equal_through_word(bid: dict[str, str]) -> None:
    assert_read(through_word(fill(BLANK, bid)), bid)
    assert_read(through_word(without_controls(fill(BLANK, bid))), bid)


def test_there_are_rounds_to_test_with() -> None:
    assert ROUNDS


@pytest.mark.parametrize("round_id", ROUNDS)
def test_a_rounds_own_form_reads_back_blank_with_and_without_controls(round_id: str) -> None:
    files = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("assessments/**/*.*")}
    form = read_round_and_form(files, round_id)[1]
    blank = ask(form)
    for document in (through_word(blank), through_word(without_controls(blank))):
        reading = read_form(document, form)
        assert {answer.status for answer in reading.answers} <= {Status.BLANK, Status.PLACEHOLDER}
        assert (reading.findings, reading.matched) == ((), True)


def test_a_bid_reads_back_equal_through_a_workbook() -> None:
    sent = ask_sheets(FORM)
    bid = {
        "name": "Ridge <b>", "scope": "Local", "areas.north": "Yes", "areas.all": "Yes", "summary": "One\nTwo",
        "posts.1.role": "=1+1", "posts.1.salary": "£30,000.00", "budget.salaries.first": "12,000", "true": "Yes",
        "share": "85%", "start": "26 February 2026", "clients": "1,200",
    }  # fmt: skip
    returned = read_workbook(write_workbook(fill(sent, bid)), "grid.xlsx")
    reading = read_form(returned, FORM, blank=sent)
    assert what_was_read(reading) == what_was_typed(bid)
    assert [finding.code for finding in reading.findings] == []
    assert reading.matched


LIBRE_OFFICE_BIDS: tuple[dict[str, str], ...] = (
    {},
    {
        "name": "Ridge & Vale <CIC>", "email": "a@b.org", "phone": "01632 960123", "postcode": "SG1 1AA",
        "charity": "1234567", "company": "01234567", "scope": "Local", "branch": "No",
        "summary": "One\nTwo {{ x }} {% y %} <w:p>", "areas.north": "Yes", "areas.all": "Yes",
        "start": "26 February 2026", "share": "85%", "clients": "1,200", "later": "3",
        "posts.1.role": "Adviser", "posts.1.hours": "37.5", "posts.1.new": "No", "posts.1.salary": "£30,000.00",
        "posts.3.role": "Manager", "budget.salaries.first": "12,000.00", "budget.total.second": "£5.00",
        "amount": "£12k", "true": "Yes",
    },
    {
        "name": "🙂👩‍👩‍👧 Ø", "email": "🙂", "scope": "National, with a local branch", "branch": "Yes",
        "start": "05/06/21",
        "summary": "word " * 2000, "areas.south": "Yes", "amount": "twelve thousand", "budget.training.second": "£1.00",
    },
    {"posts.2.new": "Yes", "posts.2.salary": "12,000.00", "name": "{{ 7*7 }}", "later": "0", "share": "0%"},
)  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed.")
def test_bids_saved_by_libreoffice_read_back_equal(tmp_path: Path) -> None:
    filled = {str(number): fill(BLANK, bid) for number, bid in enumerate(LIBRE_OFFICE_BIDS)}
    bare = {f"{name}-bare": without_controls(document) for name, document in filled.items()}
    for name, document in save_by_libreoffice(tmp_path, filled | bare).items():
        assert_read(document, LIBRE_OFFICE_BIDS[int(name[0])])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed.")
@given(st.lists(bids_for_libre_office, min_size=8, max_size=8))
@settings(max_examples=3, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
def test_generated_bids_saved_by_libreoffice_read_back_equal(typed: list[dict[str, str]]) -> None:
    documents = {f"{number:02}": fill(BLANK, bid) for number, bid in enumerate(typed)}
    bare = {f"{name}-bare": without_controls(document) for name, document in documents.items()}
    with TemporaryDirectory() as folder:
        for name, document in save_by_libreoffice(Path(folder), documents | bare).items():
            assert_read(document, typed[int(name[:2])])


def save_by_libreoffice(folder: Path, documents: Mapping[str, Document]) -> dict[str, Document]:
    """Have LibreOffice open every document and save it again as Word, in one call with a profile of its own."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(write_word(document, HOUSE))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "saved"),
    ]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True, timeout=240)
    return {name: read_word((folder / "saved" / f"{name}.docx").read_bytes(), f"{name}.docx") for name in documents}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed.")
def test_right_to_left_words_that_libreoffice_multiplies_are_put_to_a_person(tmp_path: Path) -> None:
    """LibreOffice 7.4 writes a control with right-to-left words two or three times over, all in its own file."""
    names = {"mixed": "🙂 שלום", "pure": "שלום"}
    documents = {name: fill(BLANK, {"name": text}) for name, text in names.items()}
    documents |= {f"{name}-bare": without_controls(document) for name, document in documents.items()}
    for name, saved in save_by_libreoffice(tmp_path, documents).items():
        answer, text = read_form(saved, FORM).answer("name"), names[name.removesuffix("-bare")]
        assert text in (answer.raw, *answer.alternatives)
        assert answer.status is Status.CONFLICT or answer.raw == text
        assert answer.status is Status.ANSWERED or "bare" not in name
