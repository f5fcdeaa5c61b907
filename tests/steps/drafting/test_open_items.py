"""What is still open and with whom; the order people decided on; ties listed, never broken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from invented import (
    NOON,
    SIGNATURES,
    a_bid,
    a_dossier,
    a_finding,
    a_form,
    a_round,
    against,
    an_assessment,
    decided,
    judged,
    linked,
    not_computable,
    referred,
    scored,
    several,
)

from commissioning.findings import Place, Severity
from commissioning.model.bid import LedgerLine
from commissioning.model.screening import Standing
from commissioning.steps.deciding import find_ties, open_items

if TYPE_CHECKING:
    from commissioning.model.award import Dossier, OpenItem, Signature

SENT = {"DA-01": NOON}
DUE = datetime(2021, 3, 2, 16, 0, tzinfo=UTC)


def settled(id: str = "DA-01", **more: object) -> Dossier:
    return a_dossier(id, **{"judgement": judged(), "decision": decided(), **more})


def opened(*dossiers: Dossier, now: datetime = NOON) -> tuple[OpenItem, ...]:
    """Open items of bids alone: this round's own unknown pot left out."""
    items = open_items(a_round(), a_form(), dossiers, (), now, assessment=an_assessment(), replies=SENT)
    return tuple(item for item in items if item.bid)


def test_a_settled_bid_leaves_nothing_open() -> None:
    assert opened(settled()) == ()


def test_a_pot_of_unknown_amount_is_open_for_finance_and_a_competitive_one_is_not() -> None:
    items = open_items(a_round(), a_form(), (), (), NOON, assessment=an_assessment())
    assert [(item.what, item.owner) for item in items] == [
        ("The amount of Advisers (2022-23) is not known.", "Chief Finance Officer (Lee Castell)")
    ]


def test_an_unassigned_delivery_is_the_officers() -> None:
    items = open_items(a_round(), a_form(), (), (), NOON, assessment=an_assessment(), unassigned=("D-009",))
    assert items[0].what == "Delivery D-009 is not assigned to a bid."
    assert items[0].owner == "Commissioning Officer (Robin Ashdown)"


def test_unanswered_queries_are_one_item_with_their_question_numbers_and_deadline() -> None:
    findings = (a_finding(), a_finding(), a_finding("risks"), a_finding("posts", severity=Severity.NOTE))
    (item,) = opened(settled(findings=findings))
    assert item.what == "To be put right by the provider: questions 2.5 and 3.1."
    assert item.due == NOON


def test_queries_never_sent_have_no_reply_date_though_another_providers_were() -> None:
    (item,) = opened(settled("DA-02", bid=a_bid("DA-02"), findings=(a_finding(),)))
    assert item.what == "To be put right by the provider: question 3.1; not sent yet."
    assert item.due == a_round().deadlines.sign_off.at


def stale(dossier: Dossier, changed: int, *signatures: Signature) -> list[str]:
    """What is open of a bid that changed last with this act: judged is act 41, decided is act 52."""
    last = {dossier.bid.id: changed}
    items = open_items(a_round(), a_form(), (dossier,), signatures, NOON, assessment=an_assessment(), changed=last)
    return [item.what for item in items if "stands" in item.what]


@pytest.mark.parametrize(("changed", "count"), [(40, 0), (41, 0), (52, 0), (53, 2)])
def test_what_was_said_before_a_bid_changed_is_asked_about_until_it_is_decided_again(changed: int, count: int) -> None:
    whats = stale(settled(), changed)
    assert len(whats) == count
    assert all(f"before its form of record, an answer or its screening changed (act {changed})" in at for at in whats)
    assert [what.split(" before")[0] for what in whats] == ["DA-01 was judged", "DA-01 was decided"][:count]


def test_a_judgement_of_a_bid_that_changed_before_anyone_decided_is_asked_about() -> None:
    assert [what[:16] for what in stale(a_dossier(judgement=judged()), 42)] == ["DA-01 was judged"]


def test_a_bid_that_is_not_included_is_asked_about_too() -> None:
    assert len(stale(settled(decision=decided("not include", None)), 60)) == 2


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            50,
            ["Chief Executive signed before DA-01 (act 52) changed or was decided; say whether the signature stands."],
        ),
        (52, []),
        (60, []),
    ],
)
def test_a_signature_given_before_the_decision_it_signs_is_asked_about(act: int, said: list[str]) -> None:
    signature = SIGNATURES[0].with_changes(act=act)
    assert stale(settled(), 45, signature) == said
    assert stale(settled(), 45, signature.with_changes(state="absent")) == []


def test_a_finding_outside_the_form_is_not_a_query() -> None:
    assert opened(settled(findings=(a_finding(""),))) == ()


@pytest.mark.parametrize(
    ("standing", "owner"),
    [
        (Standing.EXCLUSION_PUT, "Commissioning Officer (Robin Ashdown)"),
        (Standing.AWAITING_REPLY, "Commissioning Officer (Robin Ashdown)"),
        (Standing.AWAITING_DECISION, "Chief Executive (Jo Merrow)"),
    ],
)
def test_a_recommended_exclusion_is_open_until_a_person_decides(standing: Standing, owner: str) -> None:
    (item,) = opened(settled(screening=against("DA-01", standing, reply_due=DUE)))
    assert item.owner == owner


def test_when_the_right_to_reply_has_ended_it_is_for_the_person_who_decides() -> None:
    dossier = settled(screening=against("DA-01", reply_due=DUE))
    before, after = opened(dossier, now=DUE.replace(hour=15, minute=59)), opened(dossier, now=DUE)
    assert before[0].what == "Recommended exclusion: the provider may still reply."
    assert after[0].what == ("The right to reply ended on 2 March 2021 at 16:00 without a reply; a person must decide.")
    assert after[0].owner == "Chief Executive (Jo Merrow)"


def test_an_excluded_or_withdrawn_bid_is_closed() -> None:
    assert opened(a_dossier(screening=against("DA-01", Standing.EXCLUDED))) == ()
    assert opened(a_dossier(bid=a_bid(withdrawn=True))) == ()


def test_a_referral_names_the_fact_that_would_settle_it() -> None:
    (item,) = opened(settled(screening=referred("DA-01")))
    assert item.what.endswith("What would settle it: the share of the money spent in the county.")


def test_all_unconfirmed_deliveries_of_a_bid_are_one_item_and_all_its_links_another() -> None:
    need = scored("DA-01")
    cells = (need.cells[0].cell, need.cells[0].cell.with_changes(area="southam"))
    waiting = need.with_changes(unconfirmed=cells, targeting=None, band=None)
    links = linked("DA-01", level=None).with_changes(unconfirmed=("No victim is left behind", "Victims cope"))
    items = opened(settled(need=waiting, strategy=links))
    assert [item.what for item in items] == [
        "Delivery not confirmed: domestic abuse advisers for women in Northam and Southam.",
        "Links to the strategy not confirmed: No victim is left behind; Victims cope.",
    ]


def test_need_that_cannot_be_computed_is_open_only_until_both_bodies_have_judged() -> None:
    (item, *_) = opened(a_dossier(need=not_computable("DA-01"), decision=decided()))
    assert item.what == (
        "Need cannot be computed: no figure for South Asian women, outreach, in Southam; both bodies judge the bid’s "
        "own evidence."
    )
    assert item.owner == "Both bodies"
    assert opened(settled(need=not_computable("DA-01"))) == ()


def test_a_figure_that_is_missing_is_named_by_its_cell_and_its_sentence_not_repeated() -> None:
    need = scored("DA-01")
    step = "Northam, women, domestic abuse advisers: there is no figure for need, so the gap cannot be computed."
    cell = need.cells[0].with_changes(gap=None, steps=(step,))
    judge = "Officers of both bodies judge the evidence the bid cites."
    reasons = (
        f"The bid does not say how many posts will deliver, so what it can serve is not known. {judge}",
        f"{step} {judge}",
    )
    need = need.with_changes(cells=(cell,), targeting=None, band=None, not_computable=reasons)
    (item, *_) = opened(a_dossier(need=need, decision=decided()))
    assert item.what == (
        "Need cannot be computed: no figure for domestic abuse advisers for women in Northam; the bid does not say how "
        "many posts will deliver, so what it can serve is not known; both bodies judge the bid’s own evidence."
    )


@pytest.mark.parametrize(("count", "what"), [(1, "1 passage"), (2, "2 passages")])
def test_passages_of_no_question_agree_with_their_number(count: int, what: str) -> None:
    line = LedgerLine(text="see over", place=Place(file="form.docx"), fate="unplaced")
    (item,) = opened(settled(unplaced=(line,) * count))
    ending = (
        "belongs to no question; read and place it." if count == 1 else "belong to no question; read and place them."
    )
    assert item.what == f"{what} of the form, or of the e-mail it came with, {ending}"


def test_a_bid_decided_not_to_be_included_has_nothing_to_confirm_judge_or_ask() -> None:
    need = scored("DA-01")
    waiting = need.with_changes(unconfirmed=(need.cells[0].cell,), targeting=None, band=None)
    dossier = a_dossier(
        need=waiting,
        strategy=linked("DA-01", level=None),
        findings=(a_finding(),),
        screening=referred("DA-01"),
        decision=decided("not include", None),
    )
    assert opened(dossier) == ()


def test_what_has_no_date_of_its_own_is_due_by_the_sign_off() -> None:
    sign_off = a_round().deadlines.sign_off.at
    items = opened(a_dossier(findings=(a_finding(),), screening=against("DA-01", reply_due=DUE)))
    assert {item.what: item.due for item in items} == {
        "To be put right by the provider: question 3.1.": NOON,
        "Recommended exclusion: the provider may still reply.": DUE,
        "Not judged by the joint meeting yet.": sign_off,
        "Not decided yet.": sign_off,
    }


def test_a_bid_not_judged_and_not_decided_is_two_items() -> None:
    assert [item.what for item in opened(a_dossier())] == ["Not judged by the joint meeting yet.", "Not decided yet."]


def test_an_included_bid_without_priority_or_amount_is_open() -> None:
    items = opened(
        settled(
            "AD-01",
            bid=a_bid("AD-01", stream="isva", request="", years=("40000.00", "")),
            decision=decided("include", None),
        )
    )
    assert [item.what for item in items] == [
        "Included without an order of priority.",
        "The amount asked of Advisers in 2022-23 is not stated: the budget states no sum for this year.",
    ]


def test_a_bid_of_unknown_receipt_is_open() -> None:
    (item,) = opened(settled(bid=a_bid(received=None)))
    assert item.what == "Nobody has said when this bid was received."


def test_a_tie_is_open_once_though_it_shows_in_two_pots() -> None:
    bids = [a_bid(id, stream="isva", years=("1.00", "1.00")) for id in ("AD-01", "AD-02")]
    items = open_items(
        a_round(), a_form(), tuple(settled(bid.id, bid=bid) for bid in bids), (), NOON, assessment=an_assessment()
    )
    assert [item.what for item in items if "same priority" in item.what] == [
        "AD-01 and AD-02 have the same priority. Say which comes first."
    ]


def test_open_and_absent_signatures_are_owned_by_their_role() -> None:
    items = open_items(a_round(), a_form(), (), SIGNATURES, NOON, assessment=an_assessment())[1:]
    assert [(item.what, item.owner) for item in items] == [
        (
            "Absent at sign-off: on leave until 8 March. The signature is wanting.",
            "Chief Finance Officer (Lee Castell)",
        ),
        ("Sign-off is still open.", "Commissioner (nobody named yet)"),
    ]


def test_ties_are_listed_once_with_excluded_and_declined_bids_left_out() -> None:
    assert find_ties(a_round(), several()) == (("DA-01", "DA-02"),)


@pytest.mark.parametrize(
    ("bodies", "owner"),
    [(("opcc",), "Office of the Police and Crime Commissioner"), (("opcc", "council"), "Both bodies")],
)
def test_what_the_meeting_must_do_is_owned_by_its_bodies_in_few_words(bodies: tuple[str, ...], owner: str) -> None:
    round = a_round()
    round = round.with_changes(assessment=round.assessment.with_changes(bodies=bodies))
    items = open_items(round, a_form(), (a_dossier(),), (), NOON, assessment=an_assessment())
    assert {item.what: item.owner for item in items}["Not judged by the joint meeting yet."] == owner


def test_three_bodies_are_not_called_both() -> None:
    round = a_round()
    third = round.bodies[0].with_changes(id="health", name="A health board")
    joint = round.assessment.with_changes(bodies=("opcc", "council", "health"))
    round = round.with_changes(bodies=(*round.bodies, third), assessment=joint)
    items = open_items(round, a_form(), (a_dossier(),), (), NOON, assessment=an_assessment())
    assert "Every assessing body" in {item.owner for item in items}
