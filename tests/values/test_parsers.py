from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.values.claims import parse_yes_no, says_both, says_nothing
from commissioning.values.contacts import parse_email, parse_phone
from commissioning.values.dates import parse_date
from commissioning.values.money import parse_money
from commissioning.values.numbers import parse_number, parse_percent
from commissioning.values.parsed import quoted
from commissioning.values.postcodes import parse_postcode
from commissioning.values.registered import parse_charity_number, parse_company_number
from commissioning.values.showing import show_day, show_money
from commissioning.values.spelled import spelled_number
from commissioning.values.text import normalise

PARSERS = (
    parse_money,
    parse_number,
    parse_percent,
    parse_date,
    parse_email,
    parse_phone,
    parse_postcode,
    parse_charity_number,
    parse_company_number,
    parse_yes_no,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£12,000.00", "12000.00"),
        ("12,000.00", "12000.00"),
        ("12000", "12000"),
        (" £ 12,000 ", "12000"),
        ("\u00a312\u00a0", "12"),
        ("£0.00", "0.00"),
        ("-£5.00", "-5.00"),
        ("−£5.00", "-5.00"),
        ("£1,234,567.89", "1234567.89"),
    ],
)
def test_money_in_figures_is_read_to_the_penny(text: str, amount: str) -> None:
    assert parse_money(text).value == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("£12k", "£12,000.00"),
        ("1.5K", "£1,500.00"),
        ("£1.2m", "£1,200,000.00"),
        ("twelve thousand", "£12,000.00"),
        ("twelve thousand five hundred pounds", "£12,500.00"),
        ("£12,000 p.a.", "£12,000.00"),
        ("12,00", ""),
        ("12.000", ""),
        ("1,2345", ""),
        ("£12.5", ""),
        ("£12,000-£15,000", ""),
        ("(12,000)", ""),
        ("£", ""),
        ("£12,000 {{ x }}", ""),
        ("£" + "9" * 1000, ""),
    ],
)
def test_money_that_is_not_plain_figures_is_asked_about_never_guessed(text: str, meant: str) -> None:
    parsed = parse_money(text)
    assert parsed.value is None
    assert parsed.suggestion == meant
    assert "write the whole figure" in parsed.fault


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2))
def test_money_as_shown_reads_back(amount: Decimal) -> None:
    assert parse_money(show_money(amount)).value == amount


@pytest.mark.parametrize(
    "text",
    ["26/02/2021", "26.2.2021", "26-02-2021", "26 February 2021", "26th Feb 2021", "2021-02-26", "Fri 26 Feb 2021"],
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert parse_date(text).value == date(2021, 2, 26)


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("05/06/21", "year in full", "5 June 2021"),
        ("5 June 21", "year in full", "5 June 2021"),
        ("31/02/2021", "not a day in the calendar", ""),
        ("02/26/2021", "not a day in the calendar", ""),
        ("29 February 2021", "not a day in the calendar", ""),
        ("0000-01-01", "not a day in the calendar", ""),
        ("April 2021", "not a date", ""),
        ("ASAP", "not a date", ""),
        ("26 Februember 2021", "not a date", ""),
        ("Soon 26 February 2021", "not a date", ""),
        ("Monday 26 February 2021", "day of the week", "Friday 26 February 2021"),
        ("1" * 100, "not a date", ""),
    ],
)
def test_a_doubtful_date_is_asked_about(text: str, word: str, meant: str) -> None:
    parsed = parse_date(text)
    assert parsed.value is None
    assert word in parsed.fault
    assert parsed.suggestion == meant


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_as_shown_and_as_figures_reads_back(day: date) -> None:
    assert parse_date(show_day(day)).value == day
    assert parse_date(day.isoformat()).value == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}").value == day


@pytest.mark.parametrize(
    ("text", "share"),
    [("85%", "0.85"), ("85", "0.85"), ("0", "0"), ("0.5%", "0.005"), ("100 per cent", "1"), ("1%", "0.01")],
)
def test_a_percentage_is_a_share_of_one(text: str, share: str) -> None:
    assert parse_percent(text).value == Decimal(share)


@pytest.mark.parametrize(
    ("text", "word"), [("0.85", "may be"), ("1", "may be"), ("101%", "more than"), ("most", "is not")]
)
def test_a_doubtful_percentage_is_asked_about(text: str, word: str) -> None:
    parsed = parse_percent(text)
    assert parsed.value is None
    assert word in parsed.fault


@pytest.mark.parametrize(
    ("text", "number"), [("1,200", "1200"), ("2.5", "2.5"), ("-3", "-3"), ("0", "0"), ("１２", "12")]
)
def test_a_number_in_figures_is_read(text: str, number: str) -> None:
    assert parse_number(text).value == Decimal(number)


@pytest.mark.parametrize(
    ("text", "meant"), [("about 40", "40"), ("forty-two", "42"), ("10-15", ""), ("1.2.3", ""), ("٤٠", ""), ("1e5", "")]
)
def test_words_around_a_number_are_asked_about(text: str, meant: str) -> None:
    parsed = parse_number(text)
    assert parsed.value is None
    assert parsed.suggestion == meant


def test_numbers_in_words_are_only_ever_suggested() -> None:
    assert spelled_number("three hundred and five") == 305
    assert spelled_number("two million and one") == 2_000_001
    assert spelled_number("thousand") == 1000
    assert spelled_number("several") is None
    assert spelled_number("") is None


@pytest.mark.parametrize("text", ["a@b.org.uk", "first.last+tag@example.org", "ü@bücher.example"])
def test_an_email_address_keeps_its_letters(text: str) -> None:
    assert parse_email(text).value == text


@pytest.mark.parametrize("text", ["a@b", "a b@c.org", "a@b.org; c@d.org", "a..b@c.org", "@c.org", "see website"])
def test_what_is_not_one_email_address_is_said_to_be_so(text: str) -> None:
    assert "one e-mail address" in parse_email(text).fault


@pytest.mark.parametrize("text", ["01632 960123", "+44 (0)1632 960123", "01632 960123 ext 12", "(01632) 960-123"])
def test_a_telephone_number_is_kept_as_typed(text: str) -> None:
    assert parse_phone(text).value == text


@pytest.mark.parametrize("text", ["960123", "01632 960123 / 07700 900123", "ask at the desk", "0" * 30])
def test_what_is_not_one_telephone_number_is_said_to_be_so(text: str) -> None:
    assert "one telephone number" in parse_phone(text).fault


def test_a_postcode_is_written_in_capitals_with_one_space() -> None:
    assert parse_postcode("sg11aa").value == "SG1 1AA"
    assert parse_postcode(" W1A  1HQ ").value == "W1A 1HQ"
    assert parse_postcode("SG1").value is None
    assert parse_postcode("SG1 1CV").value is None


def test_registered_numbers_have_their_registers_shape() -> None:
    assert [parse_charity_number(text).value for text in ("123456", "1234567-1", "SC 012345", "NIC100001")] == [
        "123456",
        "1234567-1",
        "SC012345",
        "NIC100001",
    ]
    assert parse_charity_number("12345").value is None
    assert parse_charity_number("12345678").value is None
    assert [parse_company_number(text).value for text in ("01234567", "sc123456", "IP12345R")] == [
        "01234567",
        "SC123456",
        "IP12345R",
    ]
    assert parse_company_number("1234567").suggestion == "01234567"
    assert parse_company_number("ABCDEFGH").value is None


def test_yes_and_no_stand_alone() -> None:
    assert parse_yes_no("YES").value is True
    assert parse_yes_no("n").value is False
    assert parse_yes_no("Yes, mostly").value is None
    assert "both" in parse_yes_no("Yes / No").fault
    assert says_both("yes/no")
    assert not says_both("yes")
    assert not says_both("yes no " * 100)


def test_what_means_no_answer_is_recognised() -> None:
    assert says_nothing("N/A")
    assert says_nothing(" – ")
    assert not says_nothing("none")
    assert not says_nothing("£0")


@given(st.text(max_size=80))
def test_any_text_at_all_gets_a_value_or_a_reason_never_both(text: str) -> None:
    for parse in PARSERS:
        parsed = parse(text)
        assert (parsed.value is None) is bool(parsed.fault)


@pytest.mark.parametrize("parse", PARSERS)
def test_a_megabyte_is_refused_quickly_and_its_reason_is_short(parse: object) -> None:
    for text in ("9" * 1_000_000, "1," * 500_000, "a@" * 500_000, " " * 1_000_000 + "x", "twelve " * 150_000):
        parsed = parse(text)  # type: ignore[operator]  # any of the parsers
        assert parsed.value is None
        assert len(parsed.fault) < 300
        assert len(parsed.suggestion) < 100


@given(st.text())
def test_a_quotation_is_one_short_line_that_can_be_printed(text: str) -> None:
    quotation = quoted(text)
    assert len(quotation) <= 63
    assert quotation.isprintable()


def test_labels_are_compared_without_case_spaces_quotes_and_dashes() -> None:
    assert normalise("  Provider’s\u00a0NAME – “full” ") == normalise('provider\'s name - "full"')
    assert normalise("ﬁnance\u00ad\u200b") == "finance"
