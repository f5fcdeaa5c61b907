"""The committed files of the demonstration round, through the real readers, against what was typed into them.

The truth was written by `tests/build/demonstration.py` before anything was saved; planted faults are named by hand.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from commissioning.config.rounds import read_round_and_form, round_files, round_path
from commissioning.documents.mail import read_mail
from commissioning.edge.presets import create_workspace
from commissioning.edge.workspace import Workspace
from commissioning.findings import Severity
from commissioning.forms.read import read_file
from commissioning.model.act import AnnexAssigned, Assigned, PutAside, Received
from commissioning.model.award import Dossier
from commissioning.model.bid import (
    Answer,
    CellAnswer,
    Chosen,
    Day,
    Money,
    Number,
    Percent,
    Read,
    Reading,
    Rows,
    Status,
    Text,
    Value,
    YesNo,
)
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question
from commissioning.model.screening import Outcome
from commissioning.stages import intake, issuing
from commissioning.stages.assessment import look
from commissioning.stages.opened import deliveries, open_round
from commissioning.steps.assigning import Proposal

ROOT = Path(__file__).parent.parent
ROUND = "da-sa-2021"
RECEIVED = ROOT / "submissions" / ROUND / "received"
TRUTHS = sorted((ROOT / "tests" / "demonstration" / "truth").glob("*.json"))
MONDAY = datetime(2021, 3, 1, 8, 30, tzinfo=UTC)
FIRST_TWO_SAVES = ("saved-2021-02-26-1600", "saved-2021-03-01-0830")
AS_TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.POSTCODE, Kind.CHARITY_NUMBER, Kind.COMPANY_NUMBER})
DATES = ("%d %B %Y", "%d/%m/%Y", "%d %b %Y")
UNREADABLE = {("goosefoot", "start_date"), ("goosefoot", "minimum_award")}


def title(path: Path) -> str:
    return path.stem


def delivered_files() -> list[tuple[Path, str, bytes]]:
    """Every file that arrived: the delivery's path, the file's name, its bytes."""
    found = []
    for path in sorted(each for each in RECEIVED.rglob("*") if each.is_file()):
        if path.suffix == ".eml":
            mail = read_mail(path.read_bytes(), path.name)
            found += [(path, each.name, each.content) for each in mail.attachments]
        else:
            found.append((path.parent, path.name, path.read_bytes()))
    return found


@pytest.fixture(scope="session")
def form() -> Form:
    path = round_path(ROUND)
    paths = (path, *round_files(ROUND, (ROOT / path).read_text(encoding="utf-8")))
    return read_round_and_form({each: (ROOT / each).read_text(encoding="utf-8") for each in paths}, ROUND)[1]


@pytest.fixture(scope="session")
def reads(form: Form) -> Mapping[str, Read]:
    """What came of reading every Word file and scan, by name; of two files of one name the last that arrived."""
    return {
        name: read_file(content, name, name, form)
        for _, name, content in delivered_files()
        if name.endswith(".docx") or name in {"The Wickham Room.pdf", "scan0007.pdf"}
    }


def truth_of(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def reading_of(path: Path, reads: Mapping[str, Read]) -> Reading:
    reading = reads[truth_of(path)["file"]].reading
    assert reading is not None
    return reading


# Reading


def test_there_are_some_forms_and_each_has_its_truth() -> None:
    names = {truth_of(path)["file"] for path in TRUTHS}
    assert len(names) == 25
    assert names <= {name for _, name, _ in delivered_files()}


def test_about_half_of_the_forms_were_saved_by_libreoffice() -> None:
    """Not only by the truth's own word: LibreOffice names itself in the file."""
    contents = {name: content for _, name, content in delivered_files()}
    for path in TRUTHS:
        truth = truth_of(path)
        with zipfile.ZipFile(BytesIO(contents[truth["file"]])) as package:
            names_itself = "docProps/app.xml" in package.namelist() and b"LibreOffice" in package.read(
                "docProps/app.xml"
            )
        assert names_itself == truth["saved by LibreOffice"], truth["file"]
    assert 10 <= sum(truth_of(path)["saved by LibreOffice"] for path in TRUTHS) <= 15


@pytest.mark.parametrize("path", TRUTHS, ids=title)
def test_every_form_carries_the_code_of_the_form_as_it_is_now(
    path: Path, reads: Mapping[str, Read], form: Form
) -> None:
    """When this fails the form was changed: run `python tests/build/demonstration.py` and commit what it makes."""
    reading = reading_of(path, reads)
    assert (reading.code, reading.matched) == (form.code, True)


@pytest.mark.parametrize("path", TRUTHS, ids=title)
def test_what_was_typed_is_what_is_read(path: Path, reads: Mapping[str, Read], form: Form) -> None:
    reading, typed = reading_of(path, reads), truth_of(path)["answers"]
    for asked in form.asked:
        answer = reading.answer(asked.id)
        if asked.question.kind is Kind.TABLE:
            assert table_said(answer) == typed[asked.id], asked.label
        elif asked.question.kind is Kind.TICK:
            assert (answer.status is Status.ANSWERED) == bool(typed[asked.id]), asked.label
        else:
            assert answer.raw == typed[asked.id], asked.label


def table_said(answer: Answer) -> list[dict[str, str]]:
    """The rows of a table answer as the truth writes them, cells nobody wrote in left out."""
    rows = answer.value.rows if isinstance(answer.value, Rows) else ()
    return [{"row": row.id, **{cell.column: cell.raw for cell in row.cells if cell.raw}} for row in rows]


@pytest.mark.parametrize("path", TRUTHS, ids=title)
def test_every_answer_has_the_value_that_was_meant(path: Path, reads: Mapping[str, Read], form: Form) -> None:
    reading, typed = reading_of(path, reads), truth_of(path)["answers"]
    for asked in form.asked:
        answer = reading.answer(asked.id)
        if (path.stem, asked.id) in UNREADABLE:
            assert answer.status is Status.UNREADABLE, asked.label
        elif asked.question.kind is Kind.TABLE:
            check_cells(asked, answer)
        elif typed[asked.id]:
            assert (answer.status, answer.value) == (Status.ANSWERED, meant(asked.question, typed[asked.id])), (
                asked.label
            )
        else:
            assert answer.status in {Status.BLANK, Status.PLACEHOLDER}, asked.label


def check_cells(asked: Asked, answer: Answer) -> None:
    columns = {column.id: column for column in asked.question.columns}
    cells: list[CellAnswer] = [
        cell for row in (answer.value.rows if isinstance(answer.value, Rows) else ()) for cell in row.cells
    ]
    for cell in cells:
        if cell.raw:
            assert cell.value == meant(columns[cell.column], cell.raw), (asked.label, cell.raw)
        else:
            assert cell.status in {Status.BLANK, Status.PLACEHOLDER}, asked.label


def meant(asked: Question | Column, typed: str) -> Value:
    """What the words mean, read with nothing of the product's."""
    figures = typed.strip("£%").replace(",", "")
    if asked.kind in AS_TYPED:
        return Text(text=typed)
    if asked.kind is Kind.CHOICE:
        return Chosen(options=(option_of(asked.options, typed),))
    if asked.kind is Kind.DATE:
        return Day(day=day_of(typed))
    return {
        Kind.MONEY: lambda: Money(amount=Decimal(figures)),
        Kind.NUMBER: lambda: Number(number=Decimal(figures)),
        Kind.PERCENT: lambda: Percent(share=Decimal(figures) / 100),
        Kind.YES_NO: lambda: YesNo(yes=typed == "Yes"),
        Kind.TICK: lambda: YesNo(yes=True),
    }[asked.kind]()


def option_of(options: tuple[Option, ...], typed: str) -> str:
    return next(option.id for option in options if option.text == typed)


def day_of(typed: str) -> Any:
    for pattern in DATES:
        try:
            return datetime.strptime(typed, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise AssertionError(typed)


# What each file should be noticed for while it is read, and nothing else.
NOTICED = {
    "goosefoot": ["ill-formed", "ill-formed"],
    "quillfeather-arts-therapy": ["over-long"],
    "rye-meads-stalking-eoi-v3": ["unplaced"],
}


@pytest.mark.parametrize("path", TRUTHS, ids=title)
def test_reading_notices_what_was_planted_and_nothing_else(path: Path, reads: Mapping[str, Read]) -> None:
    codes = [finding.code for finding in reading_of(path, reads).findings]
    assert codes == NOTICED.get(path.stem, [])


@pytest.mark.parametrize("path", TRUTHS, ids=title)
def test_what_stands_between_the_questions_is_listed_and_nothing_else_is(path: Path, reads: Mapping[str, Read]) -> None:
    unplaced = [line.text for line in reading_of(path, reads).ledger if line.fate == "unplaced" and line.text.strip()]
    assert unplaced == truth_of(path)["below"]


def test_a_program_s_language_inside_an_answer_is_only_words(reads: Mapping[str, Read]) -> None:
    reading = reads["Lantern Row 🏮 EOI.docx"].reading
    assert reading is not None
    said = reading.answer("summary").raw
    for words in ("{{ first_name }}", '{% if risk == "high" %}', "{% endif %}", "<w:p> soup", "🏳️‍🌈", "أنا لست وحدي"):
        assert words in said


def test_a_form_of_another_round_is_known_and_nothing_is_read_into_it(reads: Mapping[str, Read]) -> None:
    reading = reads["Community Safety Fund application Bramblewick.docx"].reading
    assert reading is not None
    assert not reading.matched
    assert reading.code.startswith("community-safety-fund-2020")
    assert "wrong-form" in [finding.code for finding in reading.findings]


def test_a_file_cut_short_is_said_to_be_so(form: Form) -> None:
    damaged = next(content for path, name, content in delivered_files() if path.stem == "2021-02-24-tanners-yard")
    read = read_file(damaged, "Tanners Yard.docx", "x", form)
    assert read.failure is not None
    assert read.failure.severity is Severity.ERROR
    assert "cut short or damaged" in read.failure.message


@pytest.mark.parametrize("name", ["The Wickham Room.pdf", "scan0007.pdf"])
def test_a_pdf_is_said_not_to_be_readable_yet(name: str, reads: Mapping[str, Read]) -> None:
    failure = reads[name].failure
    assert failure is not None
    for words in ("PDF", "not readable as a form yet"):
        assert words in failure.message


# Arriving, assigning, checking and screening, through the stages


@dataclass(frozen=True)
class Monday:
    """The round as it stands on Monday morning, before and after what is certain was accepted."""

    arrived: Mapping[str, Received]
    proposed: tuple[Proposal, ...]
    dossiers: Mapping[str, Dossier]


@pytest.fixture(scope="session")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Monday:
    root = tmp_path_factory.mktemp("demonstration") / "office"
    create_workspace(root, demonstration=True)
    workspace = Workspace(root=root, actor="Robin Ashdale", now=MONDAY)
    issuing.issue_form(workspace, ROUND)
    received = root / "submissions" / ROUND / "received"
    intake.receive(workspace, ROUND, tuple(received / name for name in FIRST_TWO_SAVES))
    report = intake.read(workspace, ROUND)
    with workspace.reading() as connection:
        opened = open_round(workspace, connection, ROUND)
    proposed = intake.proposals(opened, report.reads)
    intake.accept(workspace, ROUND, None, reason="")
    arrived = {Path(each.files[0].path).stem if each.sender else "by hand": each for each in deliveries(opened)}
    dossiers = {each.provider_name: each for each in look(workspace, ROUND)[1]}
    return Monday(arrived, proposed, dossiers)


def test_the_server_s_clock_decides_whatever_the_sender_s_program_wrote(monday: Monday) -> None:
    delivery = monday.arrived["2021-02-27-copperfield-road"]
    assert delivery.received == datetime(2021, 2, 27, 0, 0, 30, tzinfo=UTC)
    mail = next(RECEIVED.rglob("2021-02-27-copperfield-road.eml"))
    assert read_mail(mail.read_bytes(), mail.name).date.startswith("Fri, 26 Feb 2021 23:51:02")


def test_what_was_handed_in_has_no_time_until_a_person_says(monday: Monday) -> None:
    assert monday.arrived["by hand"].received is None


def test_a_name_outside_ascii_is_read_in_full(monday: Monday) -> None:
    assert monday.arrived["2021-02-22-handshape"].sender.startswith("Inés Corrie")


def proposed(monday: Monday, delivery: str, name: str) -> Proposal:
    wanted = monday.arrived[delivery].delivery
    return next(each for each in monday.proposed if (each.delivery, each.name) == (wanted, name))


def test_a_form_sent_twice_is_proposed_as_a_duplicate(monday: Monday) -> None:
    proposal = proposed(monday, "2021-02-23-weatherby-again", "Weatherby Court Outreach.docx")
    assert isinstance(proposal.act, PutAside)
    assert (proposal.act.why, proposal.certain) == ("duplicate", True)


def test_annexes_sent_twice_are_proposed_as_duplicates(monday: Monday) -> None:
    proposal = proposed(monday, "2021-02-23-weatherby-again", "Latest accounts.pdf")
    assert isinstance(proposal.act, PutAside)
    assert (proposal.act.why, proposal.certain) == ("duplicate", True)


def test_a_corrected_version_is_proposed_for_the_same_bid_and_left_to_a_person(monday: Monday) -> None:
    first = proposed(monday, "2021-02-22-weatherby", "Weatherby Court Outreach.docx")
    again = proposed(monday, "2021-02-25-weatherby-corrected", "Weatherby Court Outreach CORRECTED.docx")
    assert isinstance(first.act, Assigned)
    assert isinstance(again.act, Assigned)
    assert again.act.bid == first.act.bid
    assert not again.certain


def test_two_bids_in_one_e_mail_are_two_bids_and_their_annexes_are_left_to_a_person(monday: Monday) -> None:
    acts = [
        proposed(monday, "2021-02-24-ferrymead", f"Ferrymead House {what} bid.docx").act
        for what in ("IDVA", "outreach")
    ]
    assert [act.stream for act in acts if isinstance(act, Assigned)] == ["idva", "da_uplift"]
    annex = proposed(monday, "2021-02-24-ferrymead", "Latest accounts.pdf")
    assert annex.act is None
    assert "a person must say which it belongs to" in annex.why


def test_a_scan_is_an_annex_and_an_odd_name_proves_nothing_by_itself(monday: Monday) -> None:
    for name in ("scan0007.pdf", "Y-E 31-03-2020 (examined).pdf"):
        act = proposed(monday, "2021-02-24-aldwyn", name).act
        assert isinstance(act, AnnexAssigned)
        assert act.proves == ""


def test_another_round_s_form_is_proposed_to_be_put_aside(monday: Monday) -> None:
    proposal = proposed(monday, "2021-02-26-bramblewick", "Community Safety Fund application Bramblewick.docx")
    assert isinstance(proposal.act, PutAside)
    assert (proposal.act.why, proposal.certain) == ("wrong round", False)


@pytest.mark.parametrize(
    ("delivery", "name"),
    [("2021-02-24-tanners-yard", "Tanners Yard.docx"), ("2021-02-25-wickham-room", "The Wickham Room.pdf")],
)
def test_what_cannot_be_read_and_came_alone_is_left_to_a_person(monday: Monday, delivery: str, name: str) -> None:
    assert proposed(monday, delivery, name).act is None


# What stands in the way of each bid on Monday morning, before anybody has done anything.
ELIGIBLE, REFER, EXCLUSION = Outcome.ELIGIBLE, Outcome.REFER, Outcome.RECOMMENDED_EXCLUSION
OUTCOMES = {
    "Aldwyn House Trust": (ELIGIBLE, "R1"),
    "Brackenhall Victim Care UK": (ELIGIBLE, "R4"),
    "Chandni Aangan Women's Circle": (ELIGIBLE, "R1"),
    "Copperfield Road Drop-In": (EXCLUSION, "R1"),
    "Evenlight UK": (EXCLUSION, "R3"),
    "Ferrymead House": (ELIGIBLE, "R1"),
    "Goosefoot Lane Family Support": (REFER, "R1u"),
    "Handshape Hertfordshire": (ELIGIBLE, "R1u"),
    "Juniper Yard Counselling": (REFER, "R1"),
    "Kite Lane Project": (ELIGIBLE, "R1"),
    "Lantern Row Collective": (ELIGIBLE, "R1"),
    "Larksong Survivors UK": (EXCLUSION, "R3"),
    "Little Wren Rooms": (ELIGIBLE, "R1"),
    "Millrace Refuge and Resettlement": (ELIGIBLE, "R1"),
    "Northreach Recovery UK": (REFER, "R5"),
    "Old Forge Family Centre": (REFER, "R0a"),
    "Quillfeather Arts Therapy": (ELIGIBLE, "R1"),
    "Rye Meads Stalking Advocacy": (ELIGIBLE, "R8"),
    "Tanners Yard Men's Project": (ELIGIBLE, "R1"),
    "Thistledown Advocacy": (ELIGIBLE, "R1"),
    "Thornhurst Advocacy CIC": (ELIGIBLE, "R1"),
    "Weatherby Court Outreach": (ELIGIBLE, "R1"),
}


def test_every_bid_is_screened_as_planned(monday: Monday) -> None:
    assert {name: (each.screening.outcome, national_rule(each)) for name, each in monday.dossiers.items()} == OUTCOMES


def national_rule(dossier: Dossier) -> str:
    return next(each.rule for each in dossier.screening.verdicts if each.condition == "national_test")


@pytest.mark.parametrize(
    ("provider", "condition"),
    [
        ("Copperfield Road Drop-In", "received_on_time"),  # thirty seconds late
        ("Juniper Yard Counselling", "received_on_time"),  # handed in; nobody has said when
        ("Goosefoot Lane Family Support", "dates_within"),  # 05/06/21
    ],
)
def test_one_condition_alone_stands_in_the_way(monday: Monday, provider: str, condition: str) -> None:
    verdicts = monday.dossiers[provider].screening.verdicts
    assert [each.condition for each in verdicts if each.outcome is not ELIGIBLE] == [condition]


CHECKED = {
    "Millrace Refuge and Resettlement": {"sum-disagrees", "request-disagrees"},
    "Old Forge Family Centre": {"missing"},
}


def test_checking_notices_what_was_planted_and_nothing_else(monday: Monday) -> None:
    looked_for = {
        "missing",
        "missing-cell",
        "sum-disagrees",
        "request-disagrees",
        "minimum-above-request",
        "date-outside-round",
    }
    noticed = {
        name: codes
        for name, each in monday.dossiers.items()
        if (codes := {one.code for one in each.findings} & looked_for)
    }
    assert noticed == CHECKED


def test_the_blank_section_is_missed_question_by_question(monday: Monday) -> None:
    missing = [each.question for each in monday.dossiers["Old Forge Family Centre"].findings if each.code == "missing"]
    assert missing == [
        "delivery_declared",
        "open_everywhere",
        "share_clients_local",
        "share_money_local",
        "share_posts_local",
        "share_subcontracted",
    ]


def test_need_without_a_figure_is_not_computable_and_is_never_nought(monday: Monday) -> None:
    without = {name for name, each in monday.dossiers.items() if each.need.not_computable}
    assert without == {"Evenlight UK", "Handshape Hertfordshire"}
    score = monday.dossiers["Handshape Hertfordshire"].need
    assert score.targeting is None
    assert score.band is None


def test_every_stream_has_several_bids(monday: Monday) -> None:
    streams = [each.bid.stream for each in monday.dossiers.values()]
    assert all(streams.count(stream) > 2 for stream in ("da_uplift", "sv_uplift", "idva", "isva"))
