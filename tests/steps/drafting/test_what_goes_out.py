"""Every template filled in by the real renderer, opened again, and printed."""

from __future__ import annotations

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from invented import (
    NOON,
    OPEN_ITEMS,
    SECRET,
    SIGNATURES,
    STAMP,
    a_bid,
    a_dossier,
    a_finding,
    a_form,
    a_round,
    a_strategy,
    an_assessment,
    referred,
    said,
    several,
)

from commissioning.documents.template import render_template
from commissioning.documents.workbook.write import write_workbook
from commissioning.model.bid import Text
from commissioning.model.round import Criterion
from commissioning.steps.drafting.bid_copy import draft_bid_copy
from commissioning.steps.drafting.joint_grid import draft_joint_grid
from commissioning.steps.drafting.manifest import PackedFile, draft_manifest
from commissioning.steps.drafting.needs_assessment import draft_needs_assessment
from commissioning.steps.drafting.pack_cover import draft_pack_cover
from commissioning.steps.drafting.panel_report import draft_panel_report
from commissioning.steps.drafting.queries import draft_queries
from commissioning.steps.drafting.schedule import draft_schedule, write_schedule
from commissioning.steps.drafting.screening_log import draft_screening_log

if TYPE_CHECKING:
    from docx.document import Document

    from commissioning.values.record import Record

TEMPLATES = Path(__file__).parents[3] / "templates"
NAMES = ("queries", "joint_grid", "panel_report", "pack_cover", "needs_assessment", "screening_log", "bid_copy")
FILES = (
    PackedFile(name="02-schedule.xlsx", title="Schedule by pot", sha256="cd" * 32),
    PackedFile(name="01-panel-report.docx", title="Panel report", sha256="ab" * 32),
)


def drafts() -> dict[str, Record]:
    """Every document's context, from bids in every state."""
    round, form, bids = a_round(), a_form(), several()
    assessment, strategy = an_assessment(), a_strategy()
    return {
        "queries": draft_queries(
            round, form, "The Larkfield Project", (bids[1], bids[7]), STAMP, reply_by=NOON, right_to_reply_by=NOON
        ),
        "joint_grid": draft_joint_grid(round, form, bids, STAMP, assessment=assessment, strategy=strategy),
        "panel_report": draft_panel_report(
            round,
            form,
            bids,
            STAMP,
            assessment=assessment,
            strategy=strategy,
            open_items=OPEN_ITEMS,
            submitted_by="Commissioning Officer (Robin Ashdown)",
            decision_maker="Chief Executive (Jo Merrow)",
        ),
        "pack_cover": draft_pack_cover(round, bids, STAMP, files=FILES, open_items=OPEN_ITEMS, signatures=SIGNATURES),
        "needs_assessment": draft_needs_assessment(round, form, bids, STAMP, assessment=assessment),
        "screening_log": draft_screening_log(round, form, bids, STAMP),
        "bid_copy": draft_bid_copy(round, form, bids[1], STAMP),
    }


def nothing_yet() -> dict[str, Record]:
    """Every document's context before anything has happened: each list that can be empty is."""
    round, form = a_round(), a_form()
    stamp = STAMP.with_changes(provisional=False, amendments=(), changed=(), chain_head="")
    assessment = an_assessment().with_changes(observations=())
    return {
        "queries": draft_queries(
            round, form, "Wren House", (a_dossier(),), stamp, reply_by=NOON, right_to_reply_by=NOON
        ),
        "joint_grid": draft_joint_grid(round, form, (), stamp, assessment=assessment, strategy=a_strategy()),
        "panel_report": draft_panel_report(
            round,
            form,
            (),
            stamp,
            assessment=assessment,
            strategy=a_strategy(),
            open_items=(),
            submitted_by="R",
            decision_maker="J",
        ),
        "pack_cover": draft_pack_cover(round, (), stamp, files=(), open_items=(), signatures=()),
        "needs_assessment": draft_needs_assessment(round, form, (), stamp, assessment=assessment),
        "screening_log": draft_screening_log(round, form, (), stamp),
        "bid_copy": draft_bid_copy(round, form.with_changes(sections=form.sections[1:]), a_dossier(), stamp),
    }


def rendered(name: str, context: Record) -> bytes:
    return render_template((TEMPLATES / f"{name}.docx").read_bytes(), name, context.model_dump())


def words(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_filled_in_without_a_tag_left_and_with_headings_in_order(name: str) -> None:
    document = opened(rendered(name, drafts()[name]))
    text = words(document)
    assert "{{" not in text
    assert "{%" not in text
    levels = [int(each.style.name[-1]) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert levels
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_a_header_row_and_words_for_a_screen_reader(name: str) -> None:
    document = opened(rendered(name, drafts()[name]))
    assert document.tables
    for table in document.tables:
        xml = table._tbl.xml
        assert "w:tblHeader" in xml
        assert "w:tblDescription" in xml


@pytest.mark.parametrize("name", NAMES)
def test_a_document_can_be_made_before_anything_has_happened(name: str) -> None:
    document = opened(rendered(name, nothing_yet()[name]))
    assert "PROVISIONAL" not in words(document)
    for table in document.tables:
        assert all(cell.paragraphs for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    assert rendered(name, drafts()[name]) == rendered(name, drafts()[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_sensitive_answer_is_in_no_document(name: str) -> None:
    assert SECRET not in words(opened(rendered(name, drafts()[name])))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"queries", "bid_copy"}))
def test_a_provisional_document_says_so_in_a_paragraph_of_its_own(name: str) -> None:
    document = opened(rendered(name, drafts()[name]))
    assert [each.style.name for each in document.paragraphs if each.text == "PROVISIONAL"] == ["Provisional"]


@pytest.mark.parametrize("name", NAMES)
def test_version_instant_and_chain_head_are_printed(name: str) -> None:
    text = words(opened(rendered(name, drafts()[name])))
    assert "Version 2, made on 2 March 2021 at 12:00" in text
    assert STAMP.chain_head in text
    assert STAMP.amendments[0] in text


def test_the_query_list_asks_each_question_once_and_numbers_them_through() -> None:
    text = words(opened(rendered("queries", drafts()["queries"])))
    assert "1. Question 1.2: Which account?" in text
    assert "2. Question 3.1: How much do you ask for in total?" in text
    assert "3. A point about the round’s rules: National organisations and services, rule R5" in text
    assert "Please reply by Tuesday 2 March 2021 at 12:00 (London time)." in text


def test_the_right_to_reply_says_rule_facts_deadline_and_who_decides() -> None:
    text = words(opened(rendered("queries", drafts()["queries"])))
    assert "Recommended exclusion: your right to reply (DA-06)" in text
    assert "No decision has been taken." in text
    assert "a named person will then decide: Jo Merrow, Chief Executive." in text
    assert "Tuesday 2 March 2021 at 16:00" in text
    assert "paragraph 22" in text
    assert "at least 50% of the people helped live here" in text


def test_the_panel_report_numbers_its_paragraphs_by_word_itself() -> None:
    document = opened(rendered("panel_report", drafts()["panel_report"]))
    numbered = [each for each in document.paragraphs if each.style.name == "Numbered Paragraph"]
    assert len(numbered) > 20
    numbering = document.styles["Numbered Paragraph"].element.pPr.numPr
    heading = document.styles["Heading 1"].element.pPr.numPr
    assert (numbering.ilvl.val, heading.ilvl.val) == (1, 0)
    assert numbering.numId.val == heading.numId.val


def test_the_panel_report_marks_ties_names_excluded_bids_and_escapes_names() -> None:
    text = words(opened(rendered("panel_report", drafts()["panel_report"])))
    assert "1 (tied)" in text
    assert "Priority 1: DA-01 and DA-02" in text
    assert "DA-03, Halcyon Line UK, “National helpline” was excluded." in text
    assert "On the authority of Jo Merrow, 2 March 2021 at 12:00." in text
    assert "DA-05: Fernlea" in text
    assert "Marram & Partners <West>" in text
    assert "Trustee of the provider until 2019" in text


def test_the_cover_lists_signatures_open_items_and_hashes() -> None:
    text = words(opened(rendered("pack_cover", drafts()["pack_cover"])))
    assert "Absent: on leave until 8 March" in text
    assert "Not signed yet" in text
    assert "Chief Finance Officer (Lee Castell)" in text
    assert "abababababab" in text


def test_the_assessment_names_gaps_and_marks_illustrative_figures_in_text_and_table() -> None:
    text = words(opened(rendered("needs_assessment", drafts()["needs_assessment"])))
    assert (
        "No figure found for need, South Asian women, outreach, Southam, 2020-21; held by the county council." in text
    )
    assert "1 of the figures below is illustrative." in text
    assert "about 220 (illustrative) [2]" in text
    assert "[2]" in text.split("Sources")[-1]
    parts = [each for each in text.splitlines() if each.startswith("Part ")]
    assert [each[:7] for each in parts] == ["Part 1.", "Part 2.", "Part 3.", "Part 4."]


def test_the_copy_of_a_bid_shows_open_answers_and_lists_withheld_ones_with_their_ground() -> None:
    document = opened(rendered("bid_copy", drafts()["bid_copy"]))
    text = words(document)
    assert "Domestic abuse adviser" in text
    assert "bank details" in text
    assert "Given in the form, question 1.2; not shown here." in text
    assert "1 passage of the form, or of the e-mail it came with, belongs to no question." in text


def test_the_schedule_workbook_has_a_sheet_a_pot_and_never_shows_a_blank_as_nothing() -> None:
    schedule = draft_schedule(a_round(), a_form(), several(), STAMP)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(write_schedule(schedule))))
    assert book.sheetnames == [
        "Summary",
        "Domestic abuse uplift 2021-22",
        "Advisers 2021-22",
        "Advisers 2022-23",
        "Reconciliation",
        "Not included",
    ]
    rows = [[cell for cell in row if cell is not None] for row in book["Advisers 2022-23"].iter_rows(values_only=True)]
    line = next(row for row in rows if "AD-02" in row)
    assert "not stated" in line
    assert 0 not in line
    assert any("Amounts not stated, so not in the total: AD-02." in row for row in rows)


def test_the_schedule_reconciles_to_the_penny_and_shows_differences() -> None:
    schedule = draft_schedule(a_round(), a_form(), several(), STAMP)
    says = {each.bid: each.says for each in schedule.reconciliation}
    assert says["DA-01"] == "Agrees to the penny"
    assert says["DA-02"] == "Differs: £1,000.00 against the budget"
    assert says["AD-01"] == "Agrees to the penny"
    assert says["AD-02"] == "Cannot be reconciled: an amount is not stated"


def test_a_pot_shows_its_running_total_and_by_how_much_it_is_exceeded() -> None:
    pot = draft_schedule(a_round(), a_form(), several(), STAMP).pots[0]
    assert [line.running for line in pot.lines] == [Decimal("48000.00"), Decimal("109000.00")]
    assert pot.left == Decimal("-9000.00")


def test_a_pot_of_unknown_amount_says_so_and_has_nothing_left_to_say() -> None:
    pots = draft_schedule(a_round(), a_form(), several(), STAMP).pots
    assert pots[1].basis == "The funder allots this pot by competition: there is no local amount."
    assert pots[2].basis == "The amount of this pot is not known."
    assert pots[1].left is None


def test_bids_that_are_not_put_forward_keep_their_rule_and_reason() -> None:
    rows = {row[0]: row for row in draft_schedule(a_round(), a_form(), several(), STAMP).not_included}
    assert rows["DA-03"][3:] == (
        "excluded",
        "National organisations and services, rule R3. The reply confirms the facts. Decided by Jo Merrow.",
    )
    assert rows["DA-05"][4] == "The provider withdrew it."
    assert rows["DA-06"][4] == "Screening: recommended exclusion, awaiting the provider's reply."


def test_the_manifest_is_in_the_order_of_names_with_full_hashes() -> None:
    manifest = draft_manifest("da-sa-2021", STAMP, FILES, form_code="da-sa-2021/1/0f3a", round_hash="ef" * 32)
    assert [each.name for each in manifest.files] == ["01-panel-report.docx", "02-schedule.xlsx"]
    assert manifest.files[0].sha256 == "ab" * 32
    assert manifest.provisional


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) prints the pages")
def test_the_fullest_bid_still_fits_on_one_page_of_the_grid(tmp_path: Path) -> None:
    content = rendered("joint_grid", the_fullest_grid())
    (tmp_path / "grid.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "grid.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = (tmp_path / "grid.pdf").read_bytes()
    assert pdf.count(b"/Type/Page") - pdf.count(b"/Type/Pages") == 3


def the_fullest_grid() -> Record:
    """Two bids with every answer long, ten questions shown, and more cells and findings than there is room for."""
    form = a_form()
    extra = tuple(
        form.find("risks").with_changes(
            number=f"2.{at}", question=form.find("risks").question.with_changes(id=f"long_{at}")
        )
        for at in range(10, 18)
    )
    form = form.with_changes(
        sections=(*form.sections[:1], form.sections[1].with_changes(asked=(*form.sections[1].asked, *extra)))
    )
    long = "Many words about many people in many places. " * 60
    answers = tuple(said(each.id, Text(text=long), long, f"table {each.number}, row 2, cell 2") for each in extra)
    bid = a_bid("DA-02")
    bid = bid.with_changes(answers=(*bid.answers, *answers))
    ids = tuple(each.id for each in extra)
    criteria = tuple(
        Criterion(id=f"c{at}", title=title, questions=questions)
        for at, (title, questions) in enumerate(
            (
                ("Need the service would meet", ("evidence_of_need",)),
                ("Fit with the strategy", ids[:2]),
                ("The bid’s own evidence", ids[2:5]),
                ("Whether it can be done", (*ids[5:], "posts")),
                ("What was found while reading and checking", ()),
            )
        )
    )
    round = a_round()
    round = round.with_changes(assessment=round.assessment.with_changes(criteria=criteria))
    full = a_dossier("DA-02", bid=bid, screening=referred("DA-02"), findings=tuple(a_finding() for _ in range(9)))
    full = full.with_changes(need=full.need.with_changes(cells=full.need.cells * 9))
    return draft_joint_grid(round, form, (full, full), STAMP, assessment=an_assessment(), strategy=a_strategy())
