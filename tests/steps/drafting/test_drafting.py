"""What documents say, record by record: places, sensitive answers, blanks, requests by pot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    NOON,
    SECRET,
    STAMP,
    a_bid,
    a_dossier,
    a_finding,
    a_form,
    a_round,
    a_strategy,
    against,
    an_assessment,
    decided,
    eligible,
    judged,
    not_computable,
    place,
    question,
    referred,
    said,
    several,
)

from commissioning.documents.tree import Paragraph, Table
from commissioning.findings import Place
from commissioning.model.award import OpenItem
from commissioning.model.bid import (
    Annex,
    Answer,
    Bid,
    CellAnswer,
    Chosen,
    Day,
    Method,
    Money,
    Number,
    Percent,
    RowAnswer,
    Rows,
    Status,
    Text,
    Value,
    YesNo,
)
from commissioning.model.form import Asked, Kind, Option, Sensitivity
from commissioning.model.need import Observation, State
from commissioning.model.request import requested
from commissioning.model.round import (
    AnsweredYes,
    Condition,
    DocumentsPresent,
    ReceivedOnTime,
    RequestWithin,
    Stream,
)
from commissioning.model.screening import Fact, Standing
from commissioning.steps.drafting.answers import shorten, show_answer, show_in_form, show_number, show_spot, show_value
from commissioning.steps.drafting.bid_copy import draft_bid_copy
from commissioning.steps.drafting.joint_grid import draft_joint_grid, fair_share, mark_of
from commissioning.steps.drafting.making import find_role
from commissioning.steps.drafting.needs_assessment import NeedsPaper, draft_needs_assessment, named_gaps
from commissioning.steps.drafting.open_matters import by_owner
from commissioning.steps.drafting.pack_cover import draft_pack_cover
from commissioning.steps.drafting.panel_report import draft_panel_report, set_aside_bid
from commissioning.steps.drafting.queries import draft_queries, what_would_change
from commissioning.steps.drafting.recommendations import caution_of, outcome_of
from commissioning.steps.drafting.rules import find_condition, name_rule
from commissioning.steps.drafting.schedule import draft_schedule, write_schedule
from commissioning.steps.drafting.screening_log import draft_screening_log
from commissioning.steps.reviewing import REVIEW, review_form


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Text(text="As written"), "As written"),
        (Money(amount=Decimal("1234.50")), "£1,234.50"),
        (Number(number=Decimal(1200)), "1,200"),
        (Percent(share=Decimal("0.855")), "85.5%"),
        (YesNo(yes=False), "No"),
        (Day(day=date(2021, 4, 1)), "1 April 2021"),
        (Chosen(options=("a", "gone")), "Alpha; gone"),
        (Rows(rows=()), ""),
    ],
)
def test_every_kind_of_value_is_shown_in_words(value: Value, shown: str) -> None:
    assert show_value(value, (Option(id="a", text="Alpha"),)) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("0", "0"), ("1.50", "1.5"), ("1E+3", "1,000"), ("-2.0", "-2"), ("0.001", "0.001")]
)
def test_a_number_has_no_idle_zeros_and_no_exponent(number: str, shown: str) -> None:
    assert show_number(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("status", "raw", "shown"),
    [
        (Status.BLANK, "", "Left blank."),
        (Status.PLACEHOLDER, "Type here", "Left blank (the form’s own prompt still stands there)."),
        (Status.NOT_FOUND, "", "Not found in the file."),
        (Status.NOT_ASKED, "", "Not asked by this form."),
        (Status.UNREADABLE, "£12k or so", "“£12k or so” (could not be read as an amount of money)"),
    ],
)
def test_what_is_not_an_answer_is_said_and_never_guessed(status: Status, raw: str, shown: str) -> None:
    asked = a_form().find("total_requested")
    assert show_answer(asked, Answer(question="total_requested", status=status, raw=raw)).text == shown


def test_two_readings_in_conflict_are_both_shown() -> None:
    answer = Answer(question="risks", status=Status.CONFLICT, alternatives=("Yes", "No"))
    assert show_answer(a_form().find("risks"), answer).text == "The form says different things: “Yes”; “No”."


@pytest.mark.parametrize("sensitivity", [each for each in Sensitivity if each is not Sensitivity.OPEN])
@pytest.mark.parametrize("status", list(Status))
def test_a_sensitive_answer_is_never_quoted_whatever_its_status(sensitivity: Sensitivity, status: Status) -> None:
    asked = Asked(question=question("q", "Which?", Kind.TEXT, sensitivity=sensitivity), number="8.2")
    answer = Answer(
        question="q",
        status=status,
        value=Text(text=SECRET) if status is Status.ANSWERED else None,
        raw=SECRET,
        alternatives=(SECRET,),
        original=SECRET,
        act=4,
        place=place("paragraph 9"),
    )
    shown = show_answer(asked, answer)
    assert SECRET not in repr(shown)
    assert shown.withheld
    assert shown.place == "form.docx, paragraph 9"


def test_a_corrected_answer_says_what_stood_before() -> None:
    answer = Answer(
        question="risks",
        status=Status.ANSWERED,
        value=Text(text="New"),
        method=Method.CLARIFICATION,
        original="Old",
        act=14,
    )
    note = show_answer(a_form().find("risks"), answer).note
    assert note == "Changed by clarification (record entry 14). The form said: “Old”."


def test_a_table_cell_that_is_blank_is_not_stated_and_one_not_read_is_quoted() -> None:
    cells = (
        CellAnswer(column="role", status=Status.BLANK),
        CellAnswer(column="fte", status=Status.UNREADABLE, raw="a few"),
    )
    answer = Answer(
        question="posts", status=Status.ANSWERED, value=Rows(rows=(RowAnswer(id="1", cells=cells),)), place=None
    )
    shown = show_answer(a_form().find("posts"), answer)
    assert shown.rows == (("not stated", "“a few” (not read)"),)
    assert shown.place == "no place in the file"


@given(st.lists(st.text("abc", min_size=1), max_size=40), st.integers(1, 50))
def test_a_shortened_text_says_how_much_is_left_out(words: list[str], limit: int) -> None:
    text = " ".join(words)
    short = shorten(text, words=limit)
    if len(words) <= limit:
        assert short == text
    else:
        assert short.endswith(f"({limit} of {len(words)} words)")


def test_a_word_as_long_as_a_page_is_cut_by_its_letters_and_says_so() -> None:
    assert shorten("x" * 1_000_000, words=60) == f"{'x' * 720} … (720 of 1,000,000 letters)"
    assert shorten("x" * 200, words=1) == "x" * 200


def test_a_recommendation_under_referral_is_marked_before_anyone_decides() -> None:
    waiting = a_dossier(screening=referred("DA-01"), judgement=judged("include provisionally", 2))
    assert outcome_of(waiting) == "recommended: include provisionally; not decided yet; UNDER REFERRAL, not settled yet"
    declined = a_dossier(screening=referred("DA-01"), judgement=judged("not include", None))
    assert outcome_of(declined) == "recommended: not include; not decided yet"


def test_a_stream_with_one_pot_is_asked_for_the_total() -> None:
    (ask,) = requested(a_round(), a_form(), a_bid())
    assert (ask.pot, ask.amount, str(ask.place)) == ("da-21", Decimal("48000.00"), "form.docx, paragraph 18")


def test_a_stream_with_a_pot_a_year_is_asked_for_each_years_total() -> None:
    asks = requested(a_round(), a_form(), a_bid(stream="isva", years=("40000.00", "")))
    assert [(ask.year, ask.amount) for ask in asks] == [("2021-22", Decimal("40000.00")), ("2022-23", None)]
    assert asks[1].reason == "the budget states no sum for this year"


def test_two_pots_of_one_year_are_not_guessed_between() -> None:
    round = a_round()
    stream = Stream(id="isva", title="Advisers", pots=("da-21", "adv-21"))
    asks = requested(round.with_changes(streams=(stream,)), a_form(), a_bid(stream="isva"))
    assert [ask.amount for ask in asks] == [None, None]


def test_a_right_to_reply_that_already_runs_keeps_its_end() -> None:
    later = NOON.replace(hour=16)
    running = a_dossier(screening=against("DA-01", reply_due=later))
    fresh = a_dossier(screening=against("DA-01", Standing.EXCLUSION_PUT))
    drafted = draft_queries(
        a_round(), a_form(), "Wren House", (running, fresh), STAMP, reply_by=NOON, right_to_reply_by=NOON
    )
    assert [right.reply_by for right in drafted.rights] == [
        "Tuesday 2 March 2021 at 16:00",
        "Tuesday 2 March 2021 at 12:00",
    ]


def test_two_findings_on_one_question_are_one_query_without_the_question_said_twice() -> None:
    label = a_form().find("risks").label
    findings = (
        a_finding("risks", f"Question {label} must be answered and has no answer. Please answer it."),
        a_finding("risks", f"Question {label}: row 1 has nothing. Please fill it in."),
    )
    drafted = draft_queries(
        a_round(), a_form(), "W", (a_dossier(findings=findings),), STAMP, reply_by=NOON, right_to_reply_by=NOON
    )
    (query,) = drafted.bids[0].queries
    assert query.asks == (
        "This question must be answered and has no answer. Please answer it.",
        "Row 1 has nothing. Please fill it in.",
    )


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (AnsweredYes(rule="answered_yes", question="free", title="Free"), "question 2.6 Is it free to victims?"),
        (ReceivedOnTime(rule="received_on_time"), "Proof that it reached us by the deadline"),
        (RequestWithin(rule="request_within", question="t", maximum=Decimal("5.00")), "A request of at most £5.00."),
        (DocumentsPresent(rule="documents_present", documents=("accounts",)), "The documents that are missing"),
        (a_round().conditions[2], "Dates between 1 April 2021 and 31 March 2023."),
        (None, "one of the facts above"),
    ],
)
def test_every_rule_says_what_would_change_it(condition: Condition | None, says: str) -> None:
    assert says in what_would_change(a_round(), a_form(), condition)


def test_rules_have_plain_names() -> None:
    assert name_rule(a_round(), against("DA-01").verdicts[0]) == "National organisations and services, rule R3"
    free = against("DA-01").verdicts[0].with_changes(condition="answered_yes", rule="free", key="answered_yes:free")
    assert name_rule(a_round(), free) == "Free of charge to victims"
    assert name_rule(a_round(), free.with_changes(rule="other", key="answered_yes:other")) == "other"


def test_of_two_conditions_of_one_rule_the_one_that_gave_the_verdict_is_cited() -> None:
    first, second = (
        RequestWithin(rule="request_within", question=question, maximum=Decimal(most), source=f"the cap on {question}")
        for question, most in (("year_one", 5), ("year_two", 7))
    )
    round = a_round().with_changes(conditions=(first, second))
    verdict = against("DA-01").verdicts[0]
    given = verdict.with_changes(condition="request_within", rule="request_within", key="request_within:year_two")
    assert find_condition(round, given) == second
    screening = against("DA-01").with_changes(verdicts=(given,))
    drafted = draft_queries(
        round, a_form(), "W", (a_dossier(screening=screening),), STAMP, reply_by=NOON, right_to_reply_by=NOON
    )
    (ground,) = drafted.rights[0].grounds
    assert ground.source == "the cap on year_two."
    assert ground.change == "A request of at most £7.00."


def test_the_schedule_and_the_report_name_only_the_rules_that_excluded_a_bid() -> None:
    referral = (
        referred("DA-01").verdicts[0].with_changes(condition="answered_yes", rule="free", key="answered_yes:free")
    )
    excluded = against("DA-01", Standing.EXCLUDED, decided_by="Jo Merrow", decision_reason="A national helpline.")
    both = excluded.with_changes(verdicts=(*excluded.verdicts, referral))
    dossier = a_dossier(screening=both)
    says = draft_schedule(a_round(), a_form(), (dossier,), STAMP).not_included[0][-1]
    assert says.startswith("National organisations and services, rule R3. ")
    assert "Free of charge" not in says
    assert set_aside_bid(a_round(), dossier).rule == "National organisations and services, rule R3"


def test_a_bid_excluded_on_no_rule_is_said_to_be_so_by_a_persons_decision() -> None:
    screening = eligible("DA-01").with_changes(standing=Standing.EXCLUDED, decided_by="Jo Merrow")
    says = draft_schedule(a_round(), a_form(), (a_dossier(screening=screening),), STAMP).not_included[0][-1]
    assert says.startswith("By a person’s decision. ")


def test_a_referred_bid_is_marked_and_an_eligible_one_is_not() -> None:
    assert mark_of(a_dossier()) == ""
    assert mark_of(a_dossier(screening=referred("DA-01"))).startswith("REFERRED")
    assert mark_of(a_dossier(screening=against("DA-01"))).startswith("RECOMMENDED EXCLUSION")


def test_the_grid_cites_the_place_of_each_sum_and_answer() -> None:
    grid = draft_joint_grid(
        a_round(), a_form(), (a_dossier(),), STAMP, assessment=an_assessment(), strategy=a_strategy()
    )
    page = grid.bids[0]
    assert [(line.label, line.says, line.place) for line in page.money][1:] == [
        ("Total requested", "£48,000.00", "form of DA-01, paragraph 18"),
        ("Least that would work", "£30,000.00", "form of DA-01, paragraph 19"),
    ]
    assert page.criteria[0].answers[0].place == "table 2, row 1, cell 2"
    assert page.need.lines == (
        "domestic abuse advisers for women in Northam: asked 70, counted 70, gap 70, weight 1, benefit 51.8.",
    )


def test_a_question_under_two_criteria_is_shown_once() -> None:
    round = a_round()
    criteria = tuple(each.with_changes(questions=("risks",)) for each in round.assessment.criteria)
    round = round.with_changes(assessment=round.assessment.with_changes(criteria=criteria))
    grid = draft_joint_grid(round, a_form(), (a_dossier(),), STAMP, assessment=an_assessment(), strategy=a_strategy())
    assert [len(each.answers) for each in grid.bids[0].criteria] == [1, 0, 0]


def test_a_blank_request_is_not_stated() -> None:
    dossier = a_dossier(bid=a_bid(request=""))
    grid = draft_joint_grid(a_round(), a_form(), (dossier,), STAMP, assessment=an_assessment(), strategy=a_strategy())
    assert grid.bids[0].money[1].says == "not stated"


def test_someone_who_declared_nothing_is_one_line_and_interests_name_their_bid() -> None:
    report = draft_panel_report(
        a_round(),
        a_form(),
        several(),
        STAMP,
        assessment=an_assessment(),
        strategy=a_strategy(),
        open_items=(),
        submitted_by="R",
        decision_maker="J",
    )
    assert [(each.person, each.bid, each.interest) for each in report.declared] == [
        ("Sam Trevane", "DA-01", "Trustee of the provider until 2019"),
        ("Robin Ashdown", "every bid", "none"),
    ]


def test_a_recommendation_is_not_called_a_decision() -> None:
    report = draft_panel_report(
        a_round(),
        a_form(),
        (a_dossier(judgement=judged()),),
        STAMP,
        assessment=an_assessment(),
        strategy=a_strategy(),
        open_items=(),
        submitted_by="R",
        decision_maker="J",
    )
    assert report.recommendations[0].outcome == "recommended: include; not decided yet"
    assert report.bids[0].decided == ""


def test_the_cover_counts_every_bid_once() -> None:
    cover = draft_pack_cover(a_round(), several(), STAMP, files=(), open_items=(), signatures=())
    numbers = [int(line.split()[0]) for line in cover.counts]
    assert numbers[0] == sum(numbers[1:]) == 8


def test_the_log_shows_a_reversal_with_who_and_why() -> None:
    reason = "The provider showed that the post works in Northam only and takes referrals from the local hospital."
    screening = against(
        "DA-01", Standing.ELIGIBLE, overridden=True, decided_by="Jo Merrow", decided_at=NOON, decision_reason=reason
    )
    log = draft_screening_log(
        a_round(), a_form(), (a_dossier(screening=screening, judgement=judged(), decision=decided()),), STAMP
    )
    assert log.reversals == 1
    assert log.logged[0].reversed
    assert log.logged[0].reason == reason
    assert log.logged[0].authority == "Jo Merrow, 2 March 2021 at 12:00"
    assert log.askers[0].ended == "include"


def test_a_fact_of_a_sensitive_question_is_not_shown_in_the_log() -> None:
    log = draft_screening_log(a_round(), a_form(), (a_dossier(screening=against("DA-01")),), STAMP)
    assert SECRET not in repr(log)
    assert "Account: not shown here (question 1.2, paragraph 7)" in log.logged[0].rules[0].facts


@pytest.mark.parametrize("spot", ["paragraph 7", "paragraph 99"])
def test_a_fact_of_a_sensitive_question_leaves_in_no_document_wherever_it_stands(spot: str) -> None:
    hidden = Fact(name="Account", says=f'could not be read: "{SECRET}"', place=place(spot), question="bank_details")
    for screening in (referred("DA-01"), against("DA-01", Standing.EXCLUSION_PUT)):
        verdict = screening.verdicts[0].with_changes(facts=(hidden,))
        dossier = a_dossier(screening=screening.with_changes(verdicts=(verdict,)))
        drafted = draft_queries(a_round(), a_form(), "W", (dossier,), STAMP, reply_by=NOON, right_to_reply_by=NOON)
        assert "as in your form; not shown here" in repr(drafted)
        assert SECRET not in repr(drafted)
        assert SECRET not in repr(draft_screening_log(a_round(), a_form(), (dossier,), STAMP))


def test_a_missing_figure_without_a_holder_says_nobody_is_named() -> None:
    assessment = an_assessment()
    missing = assessment.observations[3].with_changes(source="")
    gaps = named_gaps(assessment.with_changes(observations=(missing,)))
    assert gaps[0].endswith("held by nobody named yet.")


def test_county_figures_are_context_and_district_figures_are_the_annex() -> None:
    paper = draft_needs_assessment(a_round(), a_form(), several(), STAMP, assessment=an_assessment())
    assert [each.what for each in paper.context] == ["Usual residents, everyone"]
    assert [each.what for each in paper.districts] == ["Northam: Usual residents, everyone"]
    assert paper.responses[0].bids == "DA-01, AD-01, AD-02"


def a_count(id: str, area: str, value: str, **more: object) -> Observation:
    return an_assessment().observations[0].with_changes(id=id, area=area, value=Decimal(value), **more)


def paper_of(*observations: Observation) -> NeedsPaper:
    assessment = an_assessment().with_changes(observations=observations)
    return draft_needs_assessment(a_round(), a_form(), (), STAMP, assessment=assessment)


def test_a_measure_of_most_districts_is_one_matrix_with_every_source_period_and_state() -> None:
    paper = paper_of(
        a_count("o1", "northam", "89500"),
        a_count("o2", "southam", "70100"),
        a_count("o3", "anyshire", "159600", state=State.DERIVED, source="Office for National Statistics [sum]"),
    )
    assert (paper.context, paper.districts) == ((), ())
    (matrix,) = paper.matrices
    assert matrix.columns == ("Area", "Usual residents, everyone (people)")
    assert matrix.rows == (
        ("Northam", "89,500 [1]"),
        ("Southam", "70,100 [1]"),
        ("Anyshire", "159,600 [2], derived"),
        ("Period", "Census 2021"),
        ("State", "published"),
    )
    assert [(each.number, each.title) for each in paper.sources] == [
        (1, "Office for National Statistics"),
        (2, "Office for National Statistics [sum]"),
    ]


def test_a_measure_of_half_the_districts_stays_a_list() -> None:
    paper = paper_of(a_count("o1", "northam", "89500"))
    assert paper.matrices == ()
    assert [each.figure for each in paper.districts] == ["89,500 people [1]"]


def test_two_figures_of_one_place_are_never_put_in_one_cell_of_a_matrix() -> None:
    paper = paper_of(
        a_count("o1", "northam", "89500"), a_count("o2", "southam", "1"), a_count("o3", "southam", "2", corrects="o2")
    )
    assert paper.matrices == ()
    assert [each.figure for each in paper.districts] == [
        "89,500 people [1]",
        "1 people (corrected since) [1]",
        "2 people [1]",
    ]


def test_need_stands_beside_provision_with_what_is_missing_and_what_disagrees_said() -> None:
    paper = draft_needs_assessment(a_round(), a_form(), (), STAMP, assessment=an_assessment())
    assert [(each.cell, each.need, each.provision, each.state) for each in paper.unmet] == [
        (
            "Domestic abuse advisers for women, Northam",
            "about 220 (illustrative) [2]",
            "150 [2]",
            "need illustrative; provision conflict",
        ),
        ("Outreach for South Asian women, Southam", "no figure", "no figure", "need missing; provision no figure"),
    ]
    twice = an_assessment().observations[2]
    paper = paper_of(twice, twice.with_changes(id="o9", value=Decimal(230)))
    assert paper.unmet[0].need == "about 220 (illustrative) [1]; about 230 (illustrative) [1]"
    assert paper.unmet[0].state.endswith("need has figures that disagree")


def test_a_bid_included_under_referral_is_marked_wherever_its_outcome_stands() -> None:
    referral = a_dossier(screening=referred("DA-01"), judgement=judged(), decision=decided("include provisionally", 1))
    mark = "include provisionally; UNDER REFERRAL, not settled yet"
    report = draft_panel_report(
        a_round(),
        a_form(),
        (referral,),
        STAMP,
        assessment=an_assessment(),
        strategy=a_strategy(),
        open_items=(),
        submitted_by="R",
        decision_maker="J",
    )
    assert report.recommendations[0].outcome == report.bids[0].outcome == mark
    cover = draft_pack_cover(a_round(), (referral,), STAMP, files=(), open_items=(), signatures=())
    assert cover.cautions == ("DA-01, Wren House, Northam advice and court support: UNDER REFERRAL, not settled yet",)
    schedule = draft_schedule(a_round(), a_form(), (referral,), STAMP)
    assert schedule.pots[0].lines[0].outcome == mark
    assert schedule.cautions == ("DA-01, Wren House: UNDER REFERRAL, not settled yet",)
    assert draft_screening_log(a_round(), a_form(), (referral,), STAMP).askers[0].ended == mark


def test_an_eligible_bid_and_one_not_included_carry_no_caution() -> None:
    assert caution_of(a_dossier(decision=decided())) == ""
    assert caution_of(a_dossier(screening=referred("DA-01"), decision=decided("not include", None))) == ""
    awaiting = a_dossier(screening=against("DA-01"), decision=decided())
    assert caution_of(awaiting) == "NOT SETTLED: recommended exclusion, awaiting the provider's reply"


def test_open_matters_stand_by_owner_first_due_first_and_those_alike_once() -> None:
    early = NOON.replace(hour=9)
    items = (
        OpenItem(what="Not decided yet.", owner="Jo", bid="B1", due=NOON),
        OpenItem(what="Not decided yet.", owner="Jo", bid="B2", due=NOON),
        OpenItem(what="Reply.", owner="Robin", bid="B2"),
        OpenItem(what="Settle it.", owner="Jo", due=early),
    )
    jo, robin = by_owner(items, NOON)
    assert (jo.owner, jo.count, jo.first) == ("Jo", 3, "2 March 2021 at 09:00 (overdue)")
    assert [(line.bids, line.what, line.due) for line in jo.lines] == [
        ("whole round", "Settle it.", "2 March 2021 at 09:00 (overdue)"),
        ("B1, B2", "Not decided yet.", "2 March 2021 at 12:00"),
    ]
    assert (robin.count, robin.first) == (1, "no date set")


def test_a_query_names_the_file_as_it_was_sent_and_a_fact_its_question() -> None:
    bid = a_bid("DA-06").with_changes(file="ab" * 32, file_name="Our form.docx")
    screening = against("DA-06", Standing.EXCLUSION_PUT)
    facts = (
        Fact(name="its evidence", says="yes", place=place("table 2, row 1, cell 2")),
        Fact(name="its budget", says="yes", place=place("table 4, row 4, cell 2")),
        *screening.verdicts[0].facts[:1],
        Fact(name="what it is", says="national"),
    )
    screening = screening.with_changes(verdicts=(screening.verdicts[0].with_changes(facts=facts),))
    drafted = draft_queries(
        a_round(),
        a_form(),
        "W",
        (a_dossier(bid=bid, screening=screening),),
        STAMP,
        reply_by=NOON,
        right_to_reply_by=NOON,
    )
    assert drafted.bids[0].file == "Our form.docx"
    (ground,) = drafted.rights[0].grounds
    assert [each.place for each in ground.facts] == [
        f"Question {a_form().find('evidence_of_need').number}",
        f"Question {a_form().find('budget').number}",
        "paragraph 21",
        "All the answers below",
    ]
    assert ground.source == "the notice of 1 February 2021, last paragraph."


def test_people_are_named_with_their_body_and_only_once_when_all_were_there() -> None:
    people = ("Robin Ashdown (opcc)", "Sam Trevane (council)")
    all_there = judged().with_changes(present=people)
    one = judged().with_changes(present=people[:1])
    report = draft_panel_report(
        a_round(),
        a_form(),
        (a_dossier("DA-01", judgement=all_there), a_dossier("DA-02", bid=a_bid("DA-02"), judgement=one)),
        STAMP,
        assessment=an_assessment(),
        strategy=a_strategy(),
        open_items=(),
        submitted_by="R",
        decision_maker="J",
    )
    robin = "Robin Ashdown (Office of the Police and Crime Commissioner)"
    assert report.took_part == (robin, "Sam Trevane (Anyshire County Council)")
    assert [each.present for each in report.bids] == ["", robin]


def test_a_role_the_round_does_not_name_is_our_own_error() -> None:
    assert find_role(a_round(), "officer").holder == "Robin Ashdown"
    with pytest.raises(KeyError):
        find_role(a_round(), "mayor")


def test_a_place_with_a_page_is_cited_with_it() -> None:
    answer = said("risks", Text(text="x"), "x", "paragraph 1").with_changes(place=Place(file="f.pdf", page=3))
    assert show_answer(a_form().find("risks"), answer).place == "f.pdf, page 3"


@pytest.mark.parametrize(
    ("lengths", "room", "limit"),
    [([], 280, 60), ([300], 280, 60), ([100, 100, 5], 45, 20), ([200] * 12, 280, 23), ([200] * 40, 280, 10)],
)
def test_short_answers_leave_their_words_to_long_ones(lengths: list[int], room: int, limit: int) -> None:
    assert fair_share(lengths, room) == limit


def test_papers_that_leave_call_the_form_by_its_bid_and_an_annex_by_what_it_proves() -> None:
    name = "Casey Alderford final.docx"
    bid = a_bid("DA-06").with_changes(file="ab" * 32, file_name=name)
    places = tuple(
        each.with_changes(place=each.place and each.place.with_changes(file=name), act=None) for each in bid.answers
    )
    annex = Annex(file="cd" * 32, name="Casey Alderford accounts.pdf", proves="accounts")
    screening = against("DA-06")
    (verdict,) = screening.verdicts
    facts = tuple(each.with_changes(place=each.place and each.place.with_changes(file=name)) for each in verdict.facts)
    need = not_computable("DA-06").with_changes(cited_evidence=Place(file=name, path="table 2"))
    dossier = a_dossier(
        "DA-06",
        bid=bid.with_changes(answers=places, annexes=(annex,)),
        need=need,
        screening=screening.with_changes(verdicts=(verdict.with_changes(facts=facts),)),
    )
    a, s = an_assessment(), a_strategy()
    copy = draft_bid_copy(a_round(), a_form(), dossier, STAMP)
    grid = draft_joint_grid(a_round(), a_form(), (dossier,), STAMP, assessment=a, strategy=s)
    log = draft_screening_log(a_round(), a_form(), (dossier,), STAMP)
    report = draft_panel_report(
        a_round(),
        a_form(),
        (dossier,),
        STAMP,
        assessment=a,
        strategy=s,
        open_items=(),
        submitted_by="R",
        decision_maker="J",
    )
    assert not [each for each in (copy, grid, log, report) if "Casey" in each.model_dump_json()]
    assert copy.file == grid.bids[0].file == log.logged[0].file == "form of DA-06"
    assert copy.annexes[0].endswith("(file cdcdcdcdcdcd)")
    assert report.bids[0].need.lines[-1] == "The bid’s own evidence: form of DA-06, table 2."


def test_a_correction_is_cited_by_its_place_in_the_record() -> None:
    place = Place(file="journal, act 12", path="corrected, recorded by A. Officer")
    assert show_in_form(place, "B01") == show_spot(place, "B01") == str(place)


def test_an_illustrative_amount_keeps_its_label_in_the_schedule() -> None:
    round = a_round()
    pot = round.pots[0].with_changes(amount=Decimal(1000), illustrative="made up for a trial")
    schedule = draft_schedule(round.with_changes(pots=(pot, *round.pots[1:])), a_form(), several(), STAMP)
    assert "Illustrative: made up for a trial." in schedule.pots[0].basis
    (summary, *_) = (block for block in write_schedule(schedule).blocks if isinstance(block, Table))
    first = summary.rows[1].cells[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert first.pieces[0].text == f"{pot.title} (illustrative amount)"


def with_budget_total(bid: Bid, status: Status) -> Bid:
    """The bid with its budget's total row blank, and its salaries of this status."""

    def emptied(row: RowAnswer) -> RowAnswer:
        state = Status.BLANK if row.id == "total" else status
        value = (lambda cell: cell.value) if state is Status.ANSWERED else (lambda _: None)
        return row.with_changes(cells=tuple(each.with_changes(status=state, value=value(each)) for each in row.cells))

    rows = Rows(rows=tuple(map(emptied, bid.rows("budget"))))
    return bid.with_changes(
        answers=tuple(each.with_changes(value=rows) if each.question == "budget" else each for each in bid.answers)
    )


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.ANSWERED, "Agrees to the penny; a sum was added up from the lines"),
        (Status.UNREADABLE, "The budget is not stated: a sum in this column cannot be read"),
    ],
)
def test_a_budget_that_cannot_be_read_never_agrees_to_the_penny(status: Status, says: str) -> None:
    dossier = a_dossier(bid=with_budget_total(a_bid(), status), judgement=judged(), decision=decided())
    (line,) = draft_schedule(a_round(), a_form(), (dossier,), STAMP).reconciliation
    assert line.says == says


def test_the_review_is_for_the_office_and_repeats_no_sensitive_answer() -> None:
    findings = (a_finding("bank_details", f"{SECRET} is not a sort code."), a_finding())
    form, filled = review_form(a_form(), (a_dossier(findings=findings),), 1)
    said = filled[REVIEW].model_dump_json()
    assert SECRET not in said
    assert "not shown here: see the form" in said
    assert "48000.00" in said
    assert form.title.endswith("For the office only")
