"""Screening: conditions, scope and standing, with bids as records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from commissioning.model.bid import Annex, Bid, Status
from commissioning.model.round import (
    AnsweredYes,
    Condition,
    DatesWithin,
    DocumentsPresent,
    ReceivedOnTime,
    RequestWithin,
)
from commissioning.model.screening import Outcome, ScreeningPeople, Standing, Verdict, keyed_conditions
from commissioning.steps.screening import Scope, decision_faults, is_override, national_facts, screen
from screened import DEADLINE, NOW, POLICY, a_bid, a_round, people, picked, pounds, unsaid

ON_TIME = ReceivedOnTime(rule="received_on_time")
FREE = AnsweredYes(rule="answered_yes", question="free", title="The service is free")
DATES = DatesWithin(rule="dates_within", start="start", end="end")
MONEY = RequestWithin(rule="request_within", question="total", minimum=Decimal(5000), maximum=Decimal(90000))
PAPERS = DocumentsPresent(rule="documents_present", documents=("accounts", "equality"), explained_in="why")
SECOND = timedelta(seconds=1)
REASON = "The service is given at a fixed site in Watford to local people only."

LOCAL = {
    "organisation_type": picked("registered_charity"),
    "charity_number": "1000000",
    "works_in": picked("hertfordshire_only"),
    "represents_national": False,
    "delivery_declared": picked("local"),
    "open_everywhere": False,
    "share_clients_local": Decimal(1),
    "share_money_local": Decimal(1),
    "share_posts_local": Decimal(1),
    "share_subcontracted": Decimal(0),
    "premises": True,
    "referral_pathway": True,
}
HELPLINE = LOCAL | {
    "works_in": picked("england_and_wales_or_uk"),
    "represents_national": True,
    "delivery_declared": picked("national"),
    "open_everywhere": True,
    "share_clients_local": Decimal("0.02"),
    "share_money_local": Decimal("0.05"),
    "share_posts_local": Decimal(0),
    "premises": False,
}


def only(condition: Condition, bid: Bid, **acts: object) -> Verdict:
    """The verdict of the one condition of a round."""
    (verdict,) = screen(a_round(condition), bid, people=people(**acts)).verdicts
    return verdict


LATE_AND_UNCLEAR = ("received_on_time:received_on_time:recommended exclusion", "answered_yes:free:free:refer")


def decision(
    *, excluded: bool, overrides: bool, reason: str = REASON, answers: tuple[str, ...] = LATE_AND_UNCLEAR
) -> dict[str, object]:
    made = {"excluded": excluded, "overrides": overrides, "by": "R. Ashdale", "at": NOW}
    return {**made, "reason": reason, "answers": answers}


def test_a_bid_received_at_the_very_deadline_is_on_time() -> None:
    assert only(ON_TIME, a_bid(DEADLINE)).outcome is Outcome.ELIGIBLE
    assert only(ON_TIME, a_bid(DEADLINE + timedelta(microseconds=999999))).outcome is Outcome.ELIGIBLE


def test_a_bid_one_second_late_fails() -> None:
    assert only(ON_TIME, a_bid(DEADLINE + SECOND)).outcome is Outcome.RECOMMENDED_EXCLUSION


def test_a_late_bid_fails_and_says_both_times() -> None:
    verdict = only(ON_TIME, a_bid(datetime(2021, 2, 27, 0, 0, 59, tzinfo=UTC)))
    assert verdict.outcome is Outcome.RECOMMENDED_EXCLUSION
    assert verdict.reason == ("Received 27 February 2021 at 00:00:59; the deadline was 26 February 2021 at 23:59:59.")
    assert verdict.facts[0].place is not None
    assert verdict.facts[0].place.file == "d1"


def test_times_are_shown_as_londons_clocks_show_them_whatever_zone_they_came_in() -> None:
    paris = datetime(2021, 2, 27, 1, 0, 59, tzinfo=ZoneInfo("Europe/Paris"))
    assert "27 February 2021 at 00:00:59" in only(ON_TIME, a_bid(paris)).reason


def test_an_unknown_time_of_receipt_is_for_a_person_to_say() -> None:
    verdict = only(ON_TIME, a_bid(None))
    assert verdict.outcome is Outcome.REFER
    assert verdict.facts[0].says == "not known"


@pytest.mark.parametrize("given", [{"extension": DEADLINE + SECOND}, {"extensions": {"p1": DEADLINE + SECOND}}])
def test_an_extension_moves_the_deadline_for_those_it_reaches(given: dict[str, object]) -> None:
    assert only(ON_TIME, a_bid(DEADLINE + SECOND), **given).outcome is Outcome.ELIGIBLE
    assert only(ON_TIME, a_bid(DEADLINE + 2 * SECOND), **given).outcome is Outcome.RECOMMENDED_EXCLUSION


def test_an_extension_for_another_provider_does_not_help() -> None:
    given = {"extensions": {"p2": DEADLINE + SECOND}}
    assert only(ON_TIME, a_bid(DEADLINE + SECOND), **given).outcome is Outcome.RECOMMENDED_EXCLUSION


def test_an_extension_never_takes_time_away() -> None:
    assert only(ON_TIME, a_bid(DEADLINE), extension=DEADLINE - SECOND).outcome is Outcome.ELIGIBLE


def test_a_late_bid_accepted_by_a_person_is_eligible_and_names_them() -> None:
    late = {"accepted": True, "by": "R. Ashdale", "at": NOW, "reason": "Our mail server was down."}
    verdict = only(ON_TIME, a_bid(DEADLINE + SECOND), late=late)
    assert verdict.outcome is Outcome.ELIGIBLE
    assert verdict.reason.endswith("Accepted late by R. Ashdale, 1 March 2021: Our mail server was down.")


def test_a_late_bid_refused_by_a_person_stays_a_recommended_exclusion() -> None:
    verdict = only(ON_TIME, a_bid(DEADLINE + SECOND), late={"accepted": False, "by": "R. Ashdale", "at": NOW})
    assert verdict.outcome is Outcome.RECOMMENDED_EXCLUSION
    assert "Refused as late by R. Ashdale" in verdict.reason


@pytest.mark.parametrize(("answer", "outcome"), [(True, Outcome.ELIGIBLE), (False, Outcome.RECOMMENDED_EXCLUSION)])
def test_yes_meets_a_condition_and_no_fails_it(answer: bool, outcome: Outcome) -> None:
    verdict = only(FREE, a_bid(free=answer))
    assert verdict.outcome is outcome
    assert verdict.rule == "free"
    assert verdict.facts[0].place is not None
    assert verdict.facts[0].place.path == "the cell of free"


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ANSWERED])
def test_whatever_is_not_an_answer_is_referred_and_never_counted_as_no(status: Status) -> None:
    verdict = only(FREE, a_bid(free=unsaid("free", status, alternatives=("Yes", "No"))))
    assert verdict.outcome is Outcome.REFER
    assert verdict.settles == "The service is free"
    assert verdict.facts[0].says.partition(":")[0] in verdict.reason


def test_a_question_the_form_does_not_ask_is_referred_and_says_so() -> None:
    assert "not asked on this form" in only(FREE, a_bid()).reason


def test_an_answer_of_another_kind_is_referred() -> None:
    assert only(FREE, a_bid(free="perhaps")).outcome is Outcome.REFER


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        (date(2021, 4, 1), date(2023, 3, 31), Outcome.ELIGIBLE),
        (date(2021, 3, 31), date(2023, 3, 31), Outcome.RECOMMENDED_EXCLUSION),
        (date(2021, 4, 1), date(2023, 4, 1), Outcome.RECOMMENDED_EXCLUSION),
        (date(2022, 4, 1), date(2022, 3, 31), Outcome.REFER),
        (date(2022, 4, 1), None, Outcome.REFER),
        (None, date(2023, 4, 1), Outcome.RECOMMENDED_EXCLUSION),
        (None, None, Outcome.REFER),
    ],
)
def test_both_dates_lie_in_the_window_its_ends_included(start: date | None, end: date | None, outcome: Outcome) -> None:
    bid = a_bid(start=start or unsaid("start"), end=end or unsaid("end"))
    verdict = only(DATES, bid)
    assert verdict.outcome is outcome
    assert verdict.settles == ("end" if start and not end else "")


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("4999.99", Outcome.RECOMMENDED_EXCLUSION),
        ("5000.00", Outcome.ELIGIBLE),
        ("90000.00", Outcome.ELIGIBLE),
        ("90000.01", Outcome.RECOMMENDED_EXCLUSION),
    ],
)
def test_the_limits_of_a_request_are_inclusive_and_printed(asked: str, outcome: Outcome) -> None:
    verdict = only(MONEY, a_bid(total=pounds(asked)))
    assert verdict.outcome is outcome
    assert f"£{Decimal(asked):,.2f}" in verdict.reason


def test_a_request_that_cannot_be_read_is_referred() -> None:
    verdict = only(MONEY, a_bid(total=unsaid("total", Status.UNREADABLE, raw="twelve thousand")))
    assert verdict.outcome is Outcome.REFER
    assert verdict.facts[0].says == 'could not be read: "twelve thousand"'


def test_a_document_that_is_missing_and_unexplained_is_referred_never_excluded() -> None:
    came = Annex(file="f", name="accounts.pdf", proves="accounts")
    nobody = Annex(file="g", name="scan.pdf")
    verdict = only(PAPERS, a_bid(why=unsaid("why")).with_changes(annexes=(came, nobody)))
    assert verdict.outcome is Outcome.REFER
    assert "Equality policy" in verdict.reason
    assert "Latest accounts" not in verdict.reason
    assert "1 file that came has not yet been said to prove anything" in verdict.reason


def test_a_missing_document_that_is_explained_is_no_obstacle() -> None:
    verdict = only(PAPERS, a_bid(why="We are new and have no accounts yet."))
    assert verdict.outcome is Outcome.ELIGIBLE
    assert "explained in the bid: Latest accounts, Equality policy" in verdict.reason


def test_every_document_that_came_is_cited_by_its_file() -> None:
    annexes = tuple(Annex(file=name, name=f"{name}.pdf", proves=name) for name in ("accounts", "equality"))
    verdict = only(PAPERS, a_bid().with_changes(annexes=annexes))
    assert verdict.outcome is Outcome.ELIGIBLE
    assert [str(fact.place) for fact in verdict.facts] == ["accounts.pdf", "equality.pdf"]


def test_the_national_test_cites_each_answer_it_used() -> None:
    verdict = only(POLICY, a_bid(**HELPLINE))
    assert (verdict.rule, verdict.outcome) == ("R3", Outcome.RECOMMENDED_EXCLUSION)
    cited = {fact.name: fact for fact in verdict.facts}
    place = cited["the local share of the money"].place
    assert place is not None
    assert place.path == "the cell of share_money_local"
    assert cited["what the organisation is"].says == "a national organisation"


def test_missing_evidence_says_how_long_the_provider_has() -> None:
    verdict = only(POLICY, a_bid(**LOCAL | {"share_posts_local": unsaid("share_posts_local")}))
    assert verdict.rule == "R0a"
    assert verdict.reason.endswith("The provider has 5 working days to supply it.")


def test_thresholds_not_adopted_are_labelled_in_the_reason() -> None:
    labelled = POLICY.with_changes(illustrative="Illustrative thresholds")
    assert only(labelled, a_bid(**LOCAL)).reason.endswith("Illustrative thresholds.")


@pytest.mark.parametrize(
    ("changes", "scope"),
    [
        ({}, Scope.LOCAL),
        ({"charity_number": unsaid("charity_number")}, Scope.UNREGISTERED),
        ({"charity_number": unsaid("charity_number"), "company_number": "01234567"}, Scope.LOCAL),
        ({"charity_number": unsaid("c"), "organisation_type": picked("nhs")}, Scope.LOCAL),
        ({"works_in": picked("hertfordshire_and_neighbours")}, Scope.REGIONAL),
        ({"works_in": picked("several_regions")}, Scope.NATIONAL),
        ({"works_in": picked("england_and_wales_or_uk")}, Scope.NATIONAL),
        ({"works_in": unsaid("works_in")}, None),
        ({"represents_national": unsaid("represents_national")}, None),
        ({"represents_national": True}, None),
        ({"represents_national": True, "own_board": True}, Scope.AFFILIATE),
        ({"represents_national": True, "own_board": False}, Scope.NATIONAL),
        ({"represents_national": True, "own_board": True, "charity_number": unsaid("c")}, None),
        ({"organisation_type": picked("none_yet")}, Scope.NO_BODY),
    ],
)
def test_what_the_organisation_is_follows_from_its_identity_board_and_reach(
    changes: dict[str, object], scope: Scope | None
) -> None:
    assert national_facts(a_bid(**LOCAL | changes)).scope is scope


def test_the_outcome_is_the_most_restrictive_of_the_verdicts() -> None:
    round = a_round(ON_TIME, FREE, MONEY)
    late_and_blank = a_bid(DEADLINE + SECOND, free=unsaid("free"), total=pounds("6000"))
    assert screen(round, late_and_blank, people=people()).outcome is Outcome.RECOMMENDED_EXCLUSION
    blank = a_bid(DEADLINE, free=unsaid("free"), total=pounds("6000"))
    assert screen(round, blank, people=people()).outcome is Outcome.REFER
    good = a_bid(DEADLINE, free=True, total=pounds("6000"))
    assert screen(round, good, people=people()).outcome is Outcome.ELIGIBLE


def test_a_round_without_conditions_leaves_every_bid_eligible() -> None:
    assert screen(a_round(), a_bid(), people=people()).standing is Standing.ELIGIBLE


LATE = a_bid(DEADLINE + SECOND)
PUT = {"put_at": NOW - timedelta(hours=2), "reply_due": NOW - timedelta(hours=1)}
OPEN = {"put_at": NOW - timedelta(hours=2), "reply_due": NOW + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("acts", "standing"),
    [
        ({}, Standing.EXCLUSION_PUT),
        (OPEN, Standing.AWAITING_REPLY),
        (OPEN | {"reply_due": NOW}, Standing.AWAITING_DECISION),
        (OPEN | {"reply": "We sent it in time.", "replied_at": NOW}, Standing.AWAITING_DECISION),
        (PUT, Standing.AWAITING_DECISION),
        (PUT | {"decision": decision(excluded=True, overrides=False, reason="Late.")}, Standing.EXCLUDED),
        (OPEN | {"decision": decision(excluded=True, overrides=False)}, Standing.AWAITING_REPLY),
        ({"decision": decision(excluded=True, overrides=False)}, Standing.EXCLUSION_PUT),
        (OPEN | {"decision": decision(excluded=False, overrides=True)}, Standing.ELIGIBLE),
        (PUT | {"decision": decision(excluded=False, overrides=True, reason="x" * 49)}, Standing.AWAITING_DECISION),
        (PUT | {"decision": decision(excluded=False, overrides=True, reason="x" * 50)}, Standing.ELIGIBLE),
        (PUT | {"decision": decision(excluded=False, overrides=False)}, Standing.AWAITING_DECISION),
    ],
)
def test_a_recommended_exclusion_waits_for_the_provider_and_then_for_a_person(
    acts: dict[str, object], standing: Standing
) -> None:
    assert screen(a_round(ON_TIME), LATE, people=people(**acts)).standing is standing


def test_software_never_excludes_however_long_a_reply_is_overdue() -> None:
    acts = people(put_at=NOW, reply_due=NOW + SECOND, now=NOW + timedelta(days=365))
    assert screen(a_round(ON_TIME), LATE, people=acts).standing is Standing.AWAITING_DECISION


def test_an_exclusion_decided_before_the_reply_came_does_not_hold_and_says_why() -> None:
    acts = OPEN | {"reply": "Look again.", "replied_at": NOW + SECOND, "now": NOW + 2 * SECOND}
    found = screen(a_round(ON_TIME), LATE, people=people(**acts, decision=decision(excluded=True, overrides=False)))
    assert found.standing is Standing.AWAITING_DECISION
    assert found.decided_by == ""
    assert found.lapsed == (
        "The decision of R. Ashdale, 1 March 2021 at 10:00, to exclude does not hold: The provider had the right to "
        "reply until 1 March 2021 at 11:00 and had not yet replied; decide after that."
    )


def test_a_reversed_exclusion_names_who_reversed_it_and_why() -> None:
    acts = people(**PUT, reply="We work in Watford.", decision=decision(excluded=False, overrides=True))
    found = screen(a_round(ON_TIME), LATE, people=acts)
    assert (found.standing, found.outcome) == (Standing.ELIGIBLE, Outcome.RECOMMENDED_EXCLUSION)
    assert (found.overridden, found.decided_by, found.decision_reason) == (True, "R. Ashdale", REASON)
    assert found.reply == "We work in Watford."


def test_settling_a_referral_goes_against_nothing() -> None:
    unclear = a_bid(free=unsaid("free"))
    acts = people(decision=decision(excluded=False, overrides=False, reason="Confirmed by telephone."))
    assert screen(a_round(FREE), unclear, people=acts).standing is Standing.ELIGIBLE
    assert screen(a_round(FREE), unclear, people=people()).standing is Standing.REFERRED


def test_a_person_may_exclude_an_eligible_bid_only_with_a_reason_and_after_a_reply() -> None:
    fine = a_bid(free=True)
    excluding = decision(excluded=True, overrides=True)
    assert screen(a_round(FREE), fine, people=people(decision=excluding)).standing is Standing.ELIGIBLE
    assert screen(a_round(FREE), fine, people=people(**PUT, decision=excluding)).standing is Standing.EXCLUDED


def test_a_decision_made_on_another_outcome_lapses() -> None:
    confirmed = decision(excluded=True, overrides=False)
    found = screen(a_round(FREE), a_bid(free=True), people=people(**PUT, decision=confirmed))
    assert found.standing is Standing.ELIGIBLE
    assert 'present outcome, "eligible"; decide again' in found.lapsed


def test_all_that_is_wrong_with_a_decision_is_said_at_once() -> None:
    acts: ScreeningPeople = people(decision=decision(excluded=True, overrides=True, reason="No."))
    assert acts.decision is not None
    late = only(ON_TIME, LATE)
    faults = decision_faults((late.with_changes(rule="since"),), acts.decision, acts)
    assert len(faults) == 4
    assert faults[1] == (
        "It did not answer what stands now (recommended exclusion under received_on_time, rule since); decide again."
    )


def test_an_override_of_one_rule_does_not_settle_another_that_failed_since() -> None:
    round = a_round(ON_TIME, FREE)
    of_late = decision(excluded=False, overrides=True, answers=LATE_AND_UNCLEAR[:1])
    acts = people(**PUT, decision=of_late)
    assert screen(round, LATE.with_changes(answers=a_bid(free=True).answers), people=acts).standing is Standing.ELIGIBLE
    charging = LATE.with_changes(answers=a_bid(free=False).answers)
    found = screen(round, charging, people=acts)
    assert found.standing is Standing.AWAITING_DECISION
    assert found.decided_by == ""
    assert "recommended exclusion under answered_yes:free, rule free" in found.lapsed
    both = (*LATE_AND_UNCLEAR[:1], "answered_yes:free:free:recommended exclusion")
    again = people(**PUT, decision=decision(excluded=False, overrides=True, answers=both))
    assert screen(round, charging, people=again).standing is Standing.ELIGIBLE


def test_a_settled_referral_does_not_settle_another_that_came_since() -> None:
    round = a_round(FREE, MONEY)
    settled = people(decision=decision(excluded=False, overrides=False, answers=("answered_yes:free:free:refer",)))
    one = a_bid(free=unsaid("free"), total=pounds("6000"))
    assert screen(round, one, people=settled).standing is Standing.ELIGIBLE
    two = screen(round, a_bid(free=unsaid("free"), total=unsaid("total")), people=settled)
    assert two.standing is Standing.REFERRED
    assert "refer under request_within:total, rule request_within" in two.lapsed


def test_a_decision_still_holds_when_less_stands_than_it_answered() -> None:
    acts = people(**PUT, decision=decision(excluded=True, overrides=False))
    assert screen(a_round(ON_TIME, FREE), LATE, people=acts).standing is Standing.EXCLUDED
    free = LATE.with_changes(answers=a_bid(free=True).answers)
    assert screen(a_round(ON_TIME, FREE), free, people=acts).standing is Standing.EXCLUDED


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
@pytest.mark.parametrize(
    ("bid", "excluded", "overrides"),
    [(LATE, True, False), (LATE, False, True), (a_bid(free=unsaid("free")), False, False)],
)
def test_a_blank_reason_never_holds(bid: Bid, excluded: bool, overrides: bool, reason: str) -> None:
    blank = decision(excluded=excluded, overrides=overrides, reason=reason)
    round = a_round(ON_TIME) if bid is LATE else a_round(FREE)
    found = screen(round, bid, people=people(**PUT, decision=blank))
    assert found.decided_at is None
    assert "this one has none; say why" in found.lapsed


def test_a_reply_to_an_earlier_ground_is_no_reply_to_one_put_after_it() -> None:
    replied = OPEN | {"reply": "We were on time.", "replied_at": NOW - timedelta(hours=2) - SECOND}
    assert screen(a_round(ON_TIME), LATE, people=people(**replied)).standing is Standing.AWAITING_REPLY
    at_once = replied | {"replied_at": NOW - timedelta(hours=2)}
    assert screen(a_round(ON_TIME), LATE, people=people(**at_once)).standing is Standing.AWAITING_DECISION


def test_a_bid_no_rule_recommends_to_exclude_has_no_ground_to_put() -> None:
    excluding = decision(excluded=True, overrides=True)
    found = screen(a_round(FREE), a_bid(free=True), people=people(decision=excluding))
    assert "No rule recommends exclusion, so no ground was put to the provider" in found.lapsed


@pytest.mark.parametrize("status", [Status.UNREADABLE, Status.CONFLICT])
def test_a_reason_names_a_fact_and_its_state_and_leaves_its_words_to_the_fact(status: Status) -> None:
    refuge = unsaid("free", status, raw="12 Refuge Lane", alternatives=("12 Refuge Lane", "No"))
    verdict = only(FREE, a_bid(free=refuge))
    assert "Refuge Lane" not in verdict.reason
    assert ("could not be read" in verdict.reason) == (status is Status.UNREADABLE)
    assert "Refuge Lane" in verdict.facts[0].says
    assert verdict.facts[0].question == "free"


def test_an_answer_of_another_kind_is_not_quoted_in_the_reason() -> None:
    verdict = only(FREE, a_bid(free="12 Refuge Lane"))
    assert "as written" not in verdict.reason
    assert "answered, but not in a way this rule can use" in verdict.reason


def test_each_verdict_carries_a_key_that_finds_its_own_condition() -> None:
    lower = MONEY.with_changes(question="first_year")
    round = a_round(ON_TIME, FREE, MONEY, lower, MONEY, DATES, PAPERS, POLICY)
    keys = [each.key for each in screen(round, a_bid(**LOCAL), people=people()).verdicts]
    assert keys == [
        "received_on_time",
        "answered_yes:free",
        "request_within:total",
        "request_within:first_year",
        "request_within:total#2",
        "dates_within:start+end",
        "documents_present:accounts+equality",
        "national_test",
    ]
    assert tuple(keyed_conditions(round).values()) == round.conditions


@pytest.mark.parametrize(
    ("outcome", "excluded", "override"),
    [
        (Outcome.ELIGIBLE, True, True),
        (Outcome.ELIGIBLE, False, False),
        (Outcome.REFER, True, False),
        (Outcome.REFER, False, False),
        (Outcome.RECOMMENDED_EXCLUSION, True, False),
        (Outcome.RECOMMENDED_EXCLUSION, False, True),
    ],
)
def test_an_override_is_a_decision_against_the_rule(outcome: Outcome, excluded: bool, override: bool) -> None:
    assert is_override(outcome, excluded=excluded) is override
