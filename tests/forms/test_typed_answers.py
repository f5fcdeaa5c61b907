from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from form_sample import AREAS, FORM, SCOPE, question

from commissioning.findings import Place, Severity
from commissioning.forms.answer import count_words, typed
from commissioning.forms.written import written
from commissioning.model.bid import Chosen, Day, Money, Number, Percent, Status, Text, Value, YesNo
from commissioning.model.form import Kind, Option, Question, Sensitivity

HERE = Place(file="bid.docx", path="table 1, row 2, cell 2")
CHOICE = question("scope", Kind.CHOICE, "Local or national?", options=SCOPE)
CHOICES = question("areas", Kind.CHOICES, "Where?", options=AREAS)
YES_OR_NO = question("branch", Kind.YES_NO, "A branch?")
TICK = question("true", Kind.TICK, "It is true")
MONEY = question("amount", Kind.MONEY, "How much?", minimum="1", maximum="50000")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "12k", Text(text="12k")),
        (Kind.TEXT, "N/A", Text(text="N/A")),
        (Kind.LONG_TEXT, "One\ntwo", Text(text="One\ntwo")),
        (Kind.MONEY, "£12,000.00", Money(amount=Decimal("12000.00"))),
        (Kind.NUMBER, "1,200", Number(number=Decimal(1200))),
        (Kind.PERCENT, "85%", Percent(share=Decimal("0.85"))),
        (Kind.DATE, "26/02/2021", Day(day=date(2021, 2, 26))),
        (Kind.EMAIL, "a@b.org", Text(text="a@b.org")),
        (Kind.PHONE, "01632 960123", Text(text="01632 960123")),
        (Kind.POSTCODE, "sg11aa", Text(text="SG1 1AA")),
        (Kind.CHARITY_NUMBER, "1234567", Text(text="1234567")),
        (Kind.COMPANY_NUMBER, "01234567", Text(text="01234567")),
    ],
)
def test_each_kind_becomes_its_own_value(kind: Kind, raw: str, value: Value) -> None:
    assert typed(question("q", kind, "Q?"), raw, HERE) == (Status.ANSWERED, value, ())


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TABLE])
def test_nothing_typed_is_blank_whatever_the_kind(kind: Kind) -> None:
    assert typed(question("q", kind, "Q?"), " \n\t ", HERE) == (Status.BLANK, None, ())


def test_not_applicable_is_blank_with_a_note_and_not_nought() -> None:
    status, value, (finding,) = typed(MONEY, "N/A", HERE)
    assert (status, value, finding.code, finding.severity) == (Status.BLANK, None, "no-answer", Severity.NOTE)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("£12k", "Was £12,000.00 meant?"),
        ("twelve thousand", "Was £12,000.00 meant?"),
        ("12,00", "write the whole figure"),
        ("{{ 7*7 }}", "“{{ 7*7 }}”"),
        ("<w:p>", "“<w:p>”"),
        ("12\x00\ud800 000 \u202e£", "“12 000 £”"),
        ("🙂" * 100, "…”"),
    ],
)
def test_an_ill_formed_amount_is_unreadable_and_says_how_to_write_it(raw: str, words: str) -> None:
    status, value, (finding,) = typed(MONEY, raw, HERE)
    assert (status, value) == (Status.UNREADABLE, None)
    assert (finding.code, finding.place, finding.question) == ("ill-formed", HERE, "amount")
    assert words in finding.message


def test_a_date_with_a_short_year_is_unreadable_and_says_what_may_be_meant() -> None:
    status, value, (finding,) = typed(question("start", Kind.DATE, "When?"), "05/06/21", HERE)
    assert (status, value) == (Status.UNREADABLE, None)
    assert "Was 5 June 2021 meant?" in finding.message


def test_a_sensitive_answer_is_never_repeated_in_a_message() -> None:
    secret = question("bank", Kind.NUMBER, "Account number", sensitivity=Sensitivity.BANK)
    for raw in ("12 34 56", "about 40", "forty"):
        (finding,) = typed(secret, raw, HERE).findings
        assert raw not in finding.message
        assert "40" not in finding.message


@pytest.mark.parametrize(("raw", "count"), [("1", 0), ("50000", 0), ("0.99", 1), ("50,000.01", 1)])
def test_an_amount_outside_its_bounds_is_read_and_noticed(raw: str, count: int) -> None:
    result = typed(MONEY, raw, HERE)
    assert result.status is Status.ANSWERED
    assert [finding.code for finding in result.findings] == ["out-of-range"] * count


def test_an_over_long_answer_is_noticed_and_never_cut() -> None:
    short = question("summary", Kind.LONG_TEXT, "What?", words=3)
    assert typed(short, "one two three", HERE).findings == ()
    status, value, (finding,) = typed(short, "one two three four", HERE)
    assert (status, value) == (Status.ANSWERED, Text(text="one two three four"))
    assert (finding.code, finding.severity) == ("over-long", Severity.WARNING)
    assert "4 words; the limit is 3" in finding.message


def test_a_megabyte_is_read_whole() -> None:
    text = "word " * 200_000
    long = question("summary", Kind.LONG_TEXT, "What?", words=100)
    assert typed(long, text, HERE).value == Text(text=text)
    assert count_words(text) == 200_000
    for each in (CHOICE, CHOICES, YES_OR_NO, TICK, MONEY):
        result = typed(each, text, HERE)
        assert result.status is Status.UNREADABLE
        assert len(result.findings[0].message) < 400


@pytest.mark.parametrize(
    ("raw", "status", "yes"),
    [
        ("Yes", Status.ANSWERED, True),
        ("NO", Status.ANSWERED, False),
        ("☒ Yes ☐ No", Status.ANSWERED, True),
        ("[ ] Yes\n[x] No", Status.ANSWERED, False),
        ("☐ Yes ☐ No", Status.BLANK, None),
        ("☒ Yes ☒ No", Status.CONFLICT, None),
        ("Yes / No", Status.CONFLICT, None),
        ("Yes\nNo", Status.CONFLICT, None),
        ("Partly", Status.UNREADABLE, None),
        ("Yes, but not in winter", Status.UNREADABLE, None),
    ],
)
def test_yes_or_no(raw: str, status: Status, yes: bool | None) -> None:
    result = typed(YES_OR_NO, raw, HERE)
    assert (result.status, result.value) == (status, None if yes is None else YesNo(yes=yes))


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("☒", Status.ANSWERED),
        ("☑ I agree", Status.ANSWERED),
        ("✓", Status.ANSWERED),
        ("[x]", Status.ANSWERED),
        ("X", Status.ANSWERED),
        ("Yes", Status.ANSWERED),
        ("☐", Status.BLANK),
        ("☐ Tick to say yes", Status.BLANK),
        ("☐ Tick to say yes. Yes", Status.UNREADABLE),
        ("☒ ☐", Status.CONFLICT),
        ("maybe", Status.UNREADABLE),
    ],
)
def test_a_declaration_is_ticked_or_not(raw: str, status: Status) -> None:
    result = typed(TICK, raw, HERE)
    assert (result.status, result.value) == (status, YesNo(yes=True) if status is Status.ANSWERED else None)


def test_one_option_is_chosen_by_its_text_in_any_case() -> None:
    assert typed(CHOICE, "local", HERE).value == Chosen(options=("local",))
    assert typed(CHOICE, "☐ Local\n☒ National, with a local branch", HERE).value == Chosen(options=("national",))
    assert typed(CHOICE, "☒ Local\n☒ National, with a local branch", HERE).status is Status.CONFLICT


def test_what_is_no_option_is_unreadable_with_the_nearest_one_suggested() -> None:
    status, value, (finding,) = typed(CHOICE, "National with local branches", HERE)
    assert (status, value) == (Status.UNREADABLE, None)
    assert "Was “National, with a local branch” meant?" in finding.message


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        ("☒ North Ridge\n☐ South Ridge\n☒ All of the county, and beyond", ("north", "all")),
        ("☐ North Ridge ☒ South Ridge ☐ All of the county, and beyond", ("south",)),
        ("[X] South Ridge", ("south",)),
        ("x South Ridge", ("south",)),
        ("South Ridge ✓", ("south",)),
        ("South Ridge, North Ridge", ("north", "south")),
        ("South Ridge\nAll of the county, and beyond", ("south", "all")),
    ],
)
def test_options_are_ticked_or_listed_and_come_in_the_forms_order(raw: str, options: tuple[str, ...]) -> None:
    assert typed(CHOICES, raw, HERE) == (Status.ANSWERED, Chosen(options=options), ())


@pytest.mark.parametrize(
    ("raw", "status", "words"),
    [
        ("☐ North Ridge\n☐ South Ridge", Status.BLANK, ""),
        ("North Ridge\nSouth Ridge\nAll of the county, and beyond", Status.UNREADABLE, "no tick beside any"),
        ("☒ North Ridge\nSouth Ridge", Status.UNREADABLE, "one without"),
        ("☒ West Ridge", Status.UNREADABLE, "not one of the options"),
        ("☒", Status.UNREADABLE, "not one of the options"),
    ],
)
def test_doubtful_ticks_are_not_guessed(raw: str, status: Status, words: str) -> None:
    result = typed(CHOICES, raw, HERE)
    assert (result.status, result.value) == (status, None)
    assert all(words in finding.message for finding in result.findings)
    assert bool(result.findings) is bool(words)


def test_an_answer_in_a_table_says_which_column() -> None:
    table = FORM.find("budget").question
    (finding,) = typed(table.columns[0], "£5k", HERE, within=table).findings
    assert "“What will it cost?”, under “2026-27”" in finding.message
    assert finding.question == "budget"


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (MONEY, Money(amount=Decimal("1234.50"))),
        (question("n", Kind.NUMBER, "N"), Number(number=Decimal("1200.5"))),
        (question("p", Kind.PERCENT, "P"), Percent(share=Decimal("0.125"))),
        (question("d", Kind.DATE, "D"), Day(day=date(2021, 2, 26))),
        (YES_OR_NO, YesNo(yes=False)),
        (CHOICE, Chosen(options=("national",))),
        (CHOICES, Chosen(options=("north", "all"))),
        (question("t", Kind.TEXT, "T"), Text(text="as typed")),
    ],
)
def test_what_the_office_writes_reads_back_as_the_same_value(asked: Question, value: Value) -> None:
    assert typed(asked, written(value, asked), HERE).value == value


def test_options_whose_texts_are_close_are_told_apart() -> None:
    near = question(
        "r", Kind.CHOICE, "R", options=(Option(id="e", text="North East"), Option(id="w", text="North West"))
    )
    assert typed(near, "North West", HERE).value == Chosen(options=("w",))
    assert "Was “North West” meant?" in typed(near, "Nort West", HERE).findings[0].message
