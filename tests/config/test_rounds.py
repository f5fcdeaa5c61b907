"""A round's files together: every cross-check by itself, all at once, and deadlines at their edges."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from commissioning.config.deadlines import END_OF_DAY
from commissioning.config.rounds import BANK_PATH, read_round, read_round_and_form, round_files
from commissioning.errors import ExitCode, RoundError
from commissioning.model.form import Kind
from commissioning.values.working_time import LONDON, WorkingPeriod

ROUND_PATH = "assessments/small/round.yaml"
FORM_PATH = "assessments/small/form.yaml"

ROUND = """\
id: small
title: Small round
authority: The office
funder: The funder
form: form.yaml
needs: county/assessment.yaml
strategy: county/strategy.yaml
deadlines:
  providers: 2021-02-26 Europe/London
  sign_off: 2021-03-03T12:00 Europe/London
  funder: 2021-03-03T17:00 Europe/London
reply_period: 6 working hours
right_to_reply: 12 working hours
working_time:
  days: [monday, tuesday, wednesday, thursday, friday]
  start: 09:00
  end: 17:00
spend_window: {start: 2021-04-01, end: 2022-03-31}
streams:
  - {id: one, title: Stream one, pots: [one-21]}
pots:
  - {id: one-21, title: Pot one, year: 2021-22, amount: "1000.00"}
bodies:
  - {id: office, name: The office, role: assesses}
roles: [{id: chief_executive, title: A, holder: B}, {id: chief_finance_officer, title: C, holder: D},
  {id: commissioner, title: E, holder: F}, {id: officer, title: Officer, holder: A. Body}]
sign_off: [officer]
documents: {accounts: Accounts}
conditions:
  - {rule: received_on_time}
  - {rule: answered_yes, question: free, title: Free}
  - {rule: dates_within, start: begins, end: ends}
  - {rule: request_within, question: money, maximum: "500.00"}
  - {rule: documents_present, documents: [accounts], explained_in: why_not}
assessment:
  kind: joint
  bodies: [office]
  criteria:
    - {id: need, title: Need}
    - {id: plan, title: Plan, questions: [money]}
"""

PANEL = """\
assessment:
  kind: panel
  bodies: [office]
  lowest: 0
  highest: 5
  readers: 2
  criteria:
    - {id: need, title: Need, weight: "40"}
    - {id: plan, title: Plan, weight: "60", questions: [money]}
    - {id: part, title: Part, parent: plan, questions: [free]}
"""

FORM = """\
id: small
version: 1
title: Small form
sections:
  - title: Which
    questions:
      - {ask: stream, required: true, options: [one]}
      - {ask: free}
      - {ask: why_not, when: {question: free, is_one_of: [no]}}
  - title: Money and time
    questions:
      - {ask: money}
      - {ask: begins}
      - {ask: ends}
      - {ask: costs, rows: [pay, total]}
"""

BANK = """\
questions:
  - id: stream
    text: Which stream?
    kind: choice
    why: Money is kept apart.
    options:
      - {id: one, text: Stream one}
      - {id: two, text: Stream two}
  - {id: free, text: "Is it free?", kind: yes_no, why: It must be.}
  - {id: why_not, text: "Why not?", kind: long_text, why: To know., words: 50}
  - {id: money, text: "How much?", kind: money, why: To add up., minimum: "1", maximum: "500"}
  - {id: begins, text: "From when?", kind: date, why: Money has dates.}
  - {id: ends, text: "Until when?", kind: date, why: Money has dates.}
  - id: costs
    text: On what?
    kind: table
    why: To see.
    columns:
      - {id: "2021-22", title: 2021-22, kind: money}
      - {id: total, title: Total, kind: money}
    rows:
      - {id: pay, text: Pay}
      - {id: rent, text: Rent}
      - {id: total, text: Total}
    total_row: total
    total_column: total
  - id: people
    text: Who?
    kind: table
    why: To see.
    columns:
      - id: where
        title: Where
        kind: choice
        options:
          - {id: north, text: North}
      - {id: people, title: People, kind: number}
    blank_rows: 3
"""

OTHERS = {"assessments/county/assessment.yaml": "title: x\n", "assessments/county/strategy.yaml": "id: x\n"}


def texts(round: str = ROUND, form: str = FORM, bank: str = BANK) -> dict[str, str]:
    return {ROUND_PATH: round, FORM_PATH: form, BANK_PATH: bank, **OTHERS}


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def faults(files: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(RoundError) as error:
        read_round(files, "small")
    assert error.value.exit_code is ExitCode.ROUND
    return error.value.faults


def panel() -> str:
    return ROUND[: ROUND.index("assessment:\n")] + PANEL


def test_a_sound_round_is_read_whole() -> None:
    round, form = read_round_and_form(texts(), "small")
    assert round == read_round(texts(), "small")
    assert form == read_round_and_form(texts(), "small")[1]
    assert round.deadlines.providers.at == datetime(2021, 2, 26, 23, 59, 59, tzinfo=LONDON)
    assert not round.deadlines.providers.time_stated
    assert round.deadlines.sign_off.at.isoformat() == "2021-03-03T12:00:00+00:00"
    assert round.deadlines.sign_off.time_stated
    assert round.reply_period == WorkingPeriod(amount=6, unit="working hours")
    assert round.pots[0].amount == Decimal("1000.00")
    assert [asked.number for asked in form.asked] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
    assert [option.id for option in form.find("stream").question.options] == ["one"]
    assert [row.id for row in form.find("costs").question.rows] == ["pay", "total"]


def test_a_panel_round_is_read_whole() -> None:
    round = read_round(texts(round=panel()), "small")
    assert round.assessment.kind == "panel"


def test_the_files_a_round_needs_are_its_own_the_bank_and_those_it_names() -> None:
    assert set(round_files("small", ROUND)) == set(texts())


def test_the_files_of_a_faulty_round_are_those_that_can_be_made_out() -> None:
    text = changed(ROUND, ("form: form.yaml", "form: 3"), ("county/strategy.yaml", "../../secret.yaml"))
    assert set(round_files("small", text)) == {ROUND_PATH, BANK_PATH, "assessments/county/assessment.yaml"}


def test_a_round_that_is_not_there_says_so() -> None:
    with pytest.raises(RoundError, match=r"assessments/other/round\.yaml: there is no such file"):
        read_round(texts(), "other")


@pytest.mark.parametrize(
    ("short", "at", "time_stated"),
    [
        ("2021-02-26 Europe/London", "2021-02-26T23:59:59+00:00", False),
        ("2021-02-26T16:00 Europe/London", "2021-02-26T16:00:00+00:00", True),
        ("2021-02-26T16:00:30 Europe/London", "2021-02-26T16:00:30+00:00", True),
        ("{at: 2021-02-26 Europe/London, source: a page}", "2021-02-26T23:59:59+00:00", False),
        ("{at: 2021-02-26T00:00 Europe/London, illustrative: no source}", "2021-02-26T00:00:00+00:00", True),
    ],
)
def test_a_providers_deadline_may_leave_its_time_out(short: str, at: str, time_stated: bool) -> None:
    text = changed(ROUND, ("providers: 2021-02-26 Europe/London", f"providers: {short}"))
    deadline = read_round(texts(round=text), "small").deadlines.providers
    assert (deadline.at.isoformat(), deadline.time_stated) == (at, time_stated)
    assert time_stated or deadline.at.time() == END_OF_DAY


def test_a_deadline_in_summer_has_summer_time() -> None:
    text = changed(
        ROUND,
        ("2021-03-03T12:00", "2021-07-01T12:00"),
        ("2021-03-03T17:00", "2021-07-01T17:00"),
    )
    deadlines = read_round(texts(round=text), "small").deadlines
    assert deadlines.sign_off.at.utcoffset() == timedelta(hours=1)


ROUND_FAULTS = [
    (("id: small\n", "id: smal\n"), 1, "`id` says `smal`, but the round's folder is `small`"),
    (("form: form.yaml", "form: forms.yaml"), 5, "`form` needs assessments/small/forms.yaml, which is not there"),
    (("county/assessment", "county/nothing"), 6, "`needs` needs assessments/county/nothing.yaml, which is not there"),
    (("county/strategy.yaml", "../../x.yaml"), 7, "`strategy` leads out of the folder `assessments`"),
    (("county/strategy.yaml", "/etc/passwd"), 7, "`strategy` leads out of the folder `assessments`"),
    (("county/strategy.yaml", "a..\\..\\..\\x.yaml"), 7, "`strategy` leads out of the folder `assessments`"),
    (
        ("sign_off: 2021-03-03T12:00", "sign_off: 2021-03-03"),
        10,
        "`2021-03-03 Europe/London` has no time; the office's",
    ),
    (("funder: 2021-03-03T17:00", "funder: 2021-03-03"), 11, "`2021-03-03 Europe/London` has no time; the office's"),
    (("T12:00 Europe/London", "T12:00"), 10, "`2021-03-03T12:00`: it must end with the zone deadlines are kept in"),
    (("T12:00 Europe/London", "T12:00 Europe/Paris"), 10, "`2021-03-03T12:00 Europe/Paris`: `Europe/Paris` is not"),
    (("2021-03-03T12:00 Europe/London", "noon"), 10, "`noon` is not a deadline; write it like `2021-03-03T12:00 Eur"),
    (("2021-02-26 Europe", "2021-02-30 Europe"), 9, "`2021-02-30 Europe/London`: there is no such day or time"),
    (("T12:00", "T25:00"), 10, "`2021-03-03T25:00 Europe/London`: there is no such day or time in the calendar"),
    (("2021-02-26 Europe", "2021-03-28T01:30 Europe"), 9, "2021-03-28 01:30 does not happen in London, as clocks go f"),
    (("2021-02-26 Europe", "2021-10-31T01:30 Europe"), 9, "2021-10-31 01:30 happens twice in London, as clocks go b"),
    (("2021-02-26 Europe/London", "{source: x}"), 9, "`at` is missing; write it like `at: 2021-03-03T12:00 Europe"),
    (("2021-02-26 Europe/London", "{at: 2021-02-26 Europe/London, time_stated: true}"), 9, "`time_stated` follows"),
    (
        ("T12:00", "T17:00"),
        11,
        "`funder` (Wednesday 3 March 2021, 17:00:00) must come after `sign_off` (Wednesday 3 Mar",
    ),
    (
        ("reply_period: 6 working hours", "reply_period: 6 hours"),
        12,
        "`6 hours` is not a period; write it like `6 work",
    ),
    (("reply_period: 6 working hours", "reply_period: 0 working hours"), 12, "`0 working hours` is not a period"),
    (
        ("reply_period: 6 working hours", "reply_period: 20 working hours"),
        12,
        (
            "`reply_period` of 20 working hours, begun at the providers' deadline, ends Wednesday 3 March 2021, "
            "13:00:00, after sign-off Wednesday 3 March 2021, 12:00:00; shorten it or move sign-off"
        ),
    ),
    (("right_to_reply: 12 working hours", "right_to_reply: 5 working days"), 13, "`right_to_reply` of 5 working days"),
    (("start: 09:00", "start: 18:00"), 14, "`start` 18:00 must be before `end` 17:00"),
    (("end: 2022-03-31", "end: 2021-03-31"), 18, "`end` (2021-03-31) is before `start` (2021-04-01)"),
    (("pots: [one-21]", "pots: [one-22]"), 20, "`one-22` is not a pot of this round; did you mean `one-21`?"),
    (("pots: [one-21]", "pots: []"), 20, "the stream `one` draws on no pot"),
    (("pots: [one-21]", "pots: [one-21, one-21]"), 20, "the stream `one` already draws on `one-21`"),
    (("year: 2021-22", "year: 2021-23"), 22, "`year` says `2021-23`; write a financial year like 2021-22"),
    (("year: 2021-22", 'year: "2021"'), 22, "`year` says `2021`; write a financial year like 2021-22"),
    (("year: 2021-22", "year: 2022-23"), 22, "no day of 2022-23 lies in the spend window (2021-04-01 to 2022-03-31)"),
    (("year: 2021-22", "year: 2020-21"), 22, "no day of 2020-21 lies in the spend window"),
    (('"1000.00"', "1000.00"), 22, '`amount`: write money and other exact numbers in quotes: "1000.00"'),
    (('"1000.00"', '"1000.001"'), 22, "the amount of `one-21` has parts of a penny"),
    (('"1000.00"', '"0"'), 22, "the amount of `one-21` must be more than nothing; write `unknown` if it is"),
    (('"1000.00"', '"-5"'), 22, "the amount of `one-21` must be more than nothing; write `unknown` if it is"),
    (
        ("sign_off: [officer]", "sign_off: [oficer]"),
        27,
        "`oficer` is not a role of this round; did you mean `officer`?",
    ),
    (("sign_off: [officer]", "sign_off: []"), 27, "nobody signs off; name at least one role"),
    (("sign_off: [officer]", "sign_off: [officer, officer]"), 27, "`officer` already signs off"),
    (
        ("rule: received_on_time", "rule: on_time"),
        30,
        "`on_time` is not a known `rule`; did you mean `received_on_time`",
    ),
    (("question: free, ", ""), 31, "`question` is missing from `answered_yes`"),
    (("question: free", "question: fre"), 31, "the condition `answered_yes` reads the question `fre`, which the form"),
    (("question: free", "question: money"), 31, "the condition `answered_yes` reads `money` as yes_no or tick, but it"),
    (
        ("start: begins", "start: free"),
        32,
        "the condition `dates_within` reads `free` as date, but it is of kind `yes_",
    ),
    (("end: ends", "end: people"), 32, "the condition `dates_within` reads the question `people`, which the form does"),
    (("request_within, question: money", "request_within, question: free"), 33, "the condition `request_within` reads"),
    (
        ("documents: [accounts]", "documents: [acounts]"),
        34,
        "`acounts` is not a document of this round; did you mean `a",
    ),
    (
        ("explained_in: why_not", "explained_in: costs"),
        34,
        "the condition `documents_present` reads `costs` as text or",
    ),
    (("{rule: received_on_time}", "{rule: dates_within, start: begins, end: ends}"), 32, "this condition (`dates_with"),
    (("bodies: [office]", "bodies: [ofice]"), 37, "`ofice` is not a body of this round; did you mean `office`?"),
    (("title: Need}", 'title: Need, weight: "5"}'), 39, "`need` has a weight, but a joint assessment adds no marks up"),
    (
        ("id: need, title: Need", "id: plan, title: Need, questions: [free]"),
        40,
        "the criterion `plan` is already there",
    ),
    (("title: Need}", "title: Need, parent: pln}"), 39, "`pln` is not a top-level criterion; did you mean `plan`?"),
    (("questions: [money]", "questions: [mony]"), 40, "`mony` is not a question the form asks; did you mean `money`?"),
    (("questions: [money]", "questions: [people]"), 40, "`people` is not a question the form asks"),
    ((", questions: [money]", ""), 40, "`plan` is an orphan: it names no question, and the program works out only"),
    (("id: one, title", "id: two, title"), 20, "`two` is not a stream the form offers; there are: one"),
]


@pytest.mark.parametrize(("change", "line", "says"), ROUND_FAULTS)
def test_each_fault_of_a_round_says_its_line_and_what_to_do(change: tuple[str, str], line: int, says: str) -> None:
    found = faults(texts(round=changed(ROUND, change)))
    assert any(each.startswith(f"{ROUND_PATH}, line {line}: {says}") for each in found), found


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (('"60"', '"50"'), 41, "the weights of the top-level criteria sum to 90; they must sum to 100"),
        ((', weight: "40"', ""), 42, "`need` has no weight"),
        (('"40"', '"-40"'), 42, "the weight of `need` must be more than nothing"),
        (('"40"', "40.0"), 42, '`weight`: write money and other exact numbers in quotes: "40.0"'),
        (("title: Part,", 'title: Part, weight: "5",'), 44, "`part` shares the weight of `plan`; leave its own out"),
        (("highest: 5", "highest: 0"), 39, "`highest` must be more than `lowest` (0)"),
        (("readers: 2", "readers: 0"), 40, "`readers` must be 1 or more"),
        (("  readers: 2\n", ""), 35, "`readers` is missing from `panel`"),
    ],
)
def test_each_fault_of_a_panel_says_its_line(change: tuple[str, str], line: int, says: str) -> None:
    found = faults(texts(round=changed(panel(), change)))
    assert f"{ROUND_PATH}, line {line}: {says}" in found


def test_ids_used_twice_are_named() -> None:
    text = changed(
        ROUND,
        ("  - {id: office, name: The office, role: assesses}\n", "  - {id: office, name: A, role: b}\n" * 2),
        (
            "{id: officer, title: Officer, holder: A. Body}]",
            "{id: officer, title: A, holder: b},\n  {id: officer, title: A, holder: b}]",
        ),
    )
    assert faults(texts(round=text)) == (
        f"{ROUND_PATH}, line 25: the id `office` is already used in `bodies`",
        f"{ROUND_PATH}, line 28: the id `officer` is already used in `roles`",
    )


def test_a_round_without_a_role_that_papers_go_to_is_a_fault() -> None:
    text = changed(ROUND, ("{id: chief_executive, title: A, holder: B}, ", ""))
    expected = "no role has the id `chief_executive`, who decides on exclusions and bids; add it"
    assert faults(texts(round=text)) == (f"{ROUND_PATH}, line 25: {expected}",)


def test_a_national_test_needs_its_questions_and_its_shares() -> None:
    rule = (
        '  - {rule: national_test, beneficiaries_local: "50", money_local: "0.5", strong_beneficiaries: "1", '
        'strong_money: "0", strong_posts: 0.8, subcontracted: "-0.1"}\n'
    )
    text = changed(ROUND, ("  - {rule: received_on_time}\n", rule))
    assert faults(texts(round=text)) == (
        f'{ROUND_PATH}, line 30: `strong_posts`: write money and other exact numbers in quotes: "0.8"',
    )
    found = faults(texts(round=text.replace(" 0.8", ' "0.8"')))
    assert f'{ROUND_PATH}, line 30: `beneficiaries_local` says `50`; a share lies between "0" and "1"' in found
    assert f'{ROUND_PATH}, line 30: `subcontracted` says `-0.1`; a share lies between "0" and "1"' in found
    unasked = "the condition `national_test` reads the question `works_in`, which the form does not ask"
    assert f"{ROUND_PATH}, line 30: {unasked}" in found
    assert not any("strong_beneficiaries" in each or "strong_money" in each for each in found)


FORM_FAULTS = [
    (("version: 1", "version: 0"), 2, "`version` counts from 1"),
    (("ask: money", "ask: mony"), 12, "`mony` is not a question of the bank; did you mean `money`?"),
    (("ask: ends", "ask: begins"), 14, "`begins` is already asked in the section `Money and time`"),
    (("question: free", "question: fre"), 9, "`fre` is not a question this form asks; did you mean `free`?"),
    (("question: free", "question: people"), 9, "`people` is not a question this form asks"),
    (("question: free", "question: ends"), 9, "`why_not` depends on `ends`, which must be asked before it"),
    (("is_one_of: [no]", "is_one_of: [maybe]"), 9, "`maybe` is not an answer to `free`; there are: no, yes"),
    (("options: [one]", "options: [one, three]"), 7, "`three` is not one of the options of `stream` in the bank"),
    (("options: [one]", "options: [one, one]"), 7, "`one` is already among the options"),
    (("rows: [pay, total]", "rows: [pay, rents, total]"), 15, "`rents` is not one of the rows of `costs` in the bank"),
    (("rows: [pay, total]", "rows: [pay]"), 15, "`rows` leaves out `total`, which adds up the others"),
    (("{ask: free}", "{ask: free, requried: true}"), 8, "`requried` is not a key here; did you mean `required`?"),
    (("required: true", "required: yes"), 7, "`required` says `yes`; write true or false"),
    (("  - title: Which\n", "  - {title: Empty, questions: []}\n  - title: Which\n"), 5, "the section `Empty` asks"),
]


@pytest.mark.parametrize(("change", "line", "says"), FORM_FAULTS)
def test_each_fault_of_a_form_says_its_line(change: tuple[str, str], line: int, says: str) -> None:
    found = faults(texts(form=changed(FORM, change)))
    assert any(each.startswith(f"{FORM_PATH}, line {line}: {says}") for each in found), found


def test_a_form_that_offers_other_streams_is_a_fault_of_the_round() -> None:
    offered = faults(texts(form=changed(FORM, (", options: [one]", ""))))
    assert offered == (
        f"{ROUND_PATH}, line 5: the form's question `stream` offers `two`, which this round does not have",
    )
    silent = faults(texts(form=changed(FORM, ("      - {ask: stream, required: true, options: [one]}\n", ""))))
    assert silent == (
        f"{ROUND_PATH}, line 5: the form does not ask `stream`, so a bid cannot say which stream it is for",
    )


BANK_FAULTS = [
    (("id: ends", "id: begins"), 13, "the question `begins` is already in the bank"),
    (("id: ends", "id: Ends!"), 13, "`Ends!`: an id is small letters, digits and `_`, and starts with a letter"),
    (("kind: yes_no", "kind: yesno"), 9, "`kind` says `yesno`; it must be one of: text, long_text, choice, choices"),
    (("id: two, text", "id: one, text"), 8, "`one` is already an option of `stream`"),
    (("id: two, text", "id: Two!, text"), 8, "`Two!`: the id of an option of `stream` is small letters, digits, `_`"),
    (("    kind: choice\n    why: Money", "    kind: text\n    why: Money"), 6, "`stream` has options but its kind is"),
    (("kind: yes_no", "kind: choice"), 9, "`free` is a choice without `options`"),
    (("kind: yes_no", "kind: table"), 9, "the table `free` has no `columns`"),
    (("kind: yes_no", "kind: text, blank_rows: 2"), 9, "`blank_rows` belongs to a table; `free` is of kind `text`"),
    (("words: 50", "words: 0"), 10, "`words` of `why_not` must be 1 or more"),
    (('minimum: "1"', 'minimum: "600"'), 11, "`minimum` of `money` is more than its `maximum`"),
    (('minimum: "1"', 'minimum: "one"'), 11, "`minimum` says `one`; it must be a number"),
    (
        ("kind: date, why: Money has dates.}\n  - {id: ends", 'kind: date, why: x, minimum: "1"}\n  - {id: ends'),
        12,
        "`min",
    ),
    (("total_row: total", "total_row: sum"), 25, "`sum` is not a row of `costs`; there are: pay, rent, total"),
    (("total_column: total", "total_column: totl"), 26, "`totl` is not a column of `costs`; did you mean `total`?"),
    (("blank_rows: 3", "blank_rows: 0"), 27, "the table `people` needs either `rows` or `blank_rows`, and not both"),
    (
        ("total_row: total", "total_row: total\n    blank_rows: 1"),
        14,
        "the table `costs` needs either `rows` or `blank",
    ),
    (("id: rent", "id: pay"), 23, "`pay` is already a row of `costs`"),
    (("id: people, title", "id: where, title"), 37, "`where` is already a column of `people`"),
    (
        ("id: people, title: People, kind: number", "id: people, title: People, kind: choice"),
        37,
        "`people` is a choice",
    ),
    (
        ("id: people, title: People, kind: number", "id: people, title: People, kind: table"),
        37,
        "the column `people` ca",
    ),
]


@pytest.mark.parametrize(("change", "line", "says"), BANK_FAULTS)
def test_each_fault_of_the_bank_says_its_line(change: tuple[str, str], line: int, says: str) -> None:
    found = faults(texts(bank=changed(BANK, change)))
    assert any(each.startswith(f"{BANK_PATH}, line {line}: {says}") for each in found), found


def test_every_fault_of_all_three_files_is_reported_at_once() -> None:
    round = changed(
        ROUND,
        ("title: Small round", "titel: Small round"),
        ("deadlines:\n", "deadlnes:\n"),
        ("reply_period: 6 working hours", "reply_period: 6h"),
        ('"1000.00"', "1000.00"),
        ("sign_off: [officer]", "sign_off: [chief]"),
        ("rule: received_on_time", "rule: on_time"),
        (", questions: [money]", ""),
    )
    form = changed(FORM, ("ask: money", "ask: mony"), ("version: 1", "version: first"))
    bank = changed(BANK, ("id: ends", "id: begins"), ("id: two, text", "id: one, text"))
    assert faults(texts(round, form, bank)) == (
        f"{ROUND_PATH}, line 1: `deadlines` is missing",
        f"{ROUND_PATH}, line 1: `title` is missing",
        f"{ROUND_PATH}, line 2: `titel` is not a key here; did you mean `title`?",
        f"{ROUND_PATH}, line 8: `deadlnes` is not a key here; did you mean `deadlines`?",
        f"{ROUND_PATH}, line 12: `6h` is not a period; write it like `6 working hours` or `5 working days`",
        f'{ROUND_PATH}, line 22: `amount`: write money and other exact numbers in quotes: "1000.00"',
        (
            f"{ROUND_PATH}, line 27: `chief` is not a role of this round; "
            "there are: chief_executive, chief_finance_officer, commissioner, officer"
        ),
        f"{ROUND_PATH}, line 30: `on_time` is not a known `rule`; did you mean `received_on_time`?",
        (
            f"{ROUND_PATH}, line 40: `plan` is an orphan: it names no question, and the program works out only "
            "`findings`, `need`, `strategy`"
        ),
        f"{FORM_PATH}, line 2: `version` says `first`; write a whole number, without quotes",
        f"{FORM_PATH}, line 12: `mony` is not a question of the bank; did you mean `money`?",
        f"{FORM_PATH}, line 14: `ends` is not a question of the bank; did you mean `begins`?",
        f"{BANK_PATH}, line 8: `one` is already an option of `stream`",
        f"{BANK_PATH}, line 13: the question `begins` is already in the bank",
    )


def test_the_message_of_a_round_error_is_one_line_a_fault() -> None:
    with pytest.raises(RoundError) as error:
        read_round(texts(round=changed(ROUND, ("id: small\n", "id: smal\n"))), "small")
    assert str(error.value) == (
        "1 fault to mend before the round can go on:\n"
        "  assessments/small/round.yaml, line 1: `id` says `smal`, but the round's folder is `small`"
    )


def test_an_unreadable_bank_leaves_the_other_files_their_own_faults() -> None:
    found = faults(texts(bank="questions: [\n", form=changed(FORM, ("version: 1", "version: 1.0"))))
    assert found[0].startswith(f"{FORM_PATH}, line 2: `version` says `1.0`")
    assert found[1].startswith(f"{BANK_PATH}, line 2: the file cannot be read from here on")
    assert len(found) == 2


def test_a_missing_bank_is_one_fault() -> None:
    files = texts()
    del files[BANK_PATH]
    assert faults(files) == (f"{ROUND_PATH}, line 1: `questions` needs {BANK_PATH}, which is not there",)


def test_the_code_of_a_form_changes_with_what_it_asks_and_only_then() -> None:
    code = read_round_and_form(texts(), "small")[1].code
    assert re.fullmatch(r"small v1 [0-9a-f]{8}", code)
    spaced = changed(FORM, ("title: Small form\n", "\n# a comment\ntitle:   Small form\n"))
    unasked = changed(BANK, ("text: Who?", "text: Who is it for?"))
    assert read_round_and_form(texts(form=spaced), "small")[1].code == code
    assert read_round_and_form(texts(bank=unasked), "small")[1].code == code
    reworded = changed(BANK, ("Is it free?", "Is it free to use?"))
    required = changed(FORM, ("{ask: money}", "{ask: money, required: true}"))
    version = changed(FORM, ("version: 1", "version: 2"))
    codes = {
        read_round_and_form(texts(bank=reworded), "small")[1].code,
        read_round_and_form(texts(form=required), "small")[1].code,
        read_round_and_form(texts(form=version), "small")[1].code,
    }
    assert len(codes - {code}) == 3
    assert any(each.startswith("small v2 ") for each in codes)


def test_a_condition_on_an_answer_is_kept_as_text() -> None:
    asked = read_round_and_form(texts(), "small")[1].find("why_not")
    assert asked.when is not None
    assert asked.when.is_one_of == ("no",)
    assert asked.question.kind is Kind.LONG_TEXT
