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
    decided,
    judged,
    linked,
    not_computable,
    referred,
    scored,
    several,
)

from commissioning.findings import Severity
from commissioning.model.screening import Standing
from commissioning.steps.deciding import decisions_order, open_items

if TYPE_CHECKING:
    from commissioning.model.award import Dossier, OpenItem

DUE = datetime(2021, 3, 2, 16, 0, tzinfo=UTC)


def settled(id: str = "DA-01", **more: object) -> Dossier:
    return a_dossier(id, **{"judgement": judged(), "decision": decided(), **more})


def opened(*dossiers: Dossier, now: datetime = NOON) -> tuple[OpenItem, ...]:
    """Open items of bids alone: this round's own unknown pot left out."""
    items = open_items(a_round(), a_form(), dossiers, (), now, reply_by=NOON)
    return tuple(item for item in items if item.bid)


def test_a_settled_bid_leaves_nothing_open() -> None:
    assert opened(settled()) == ()


def test_a_pot_of_unknown_amount_is_open_for_finance_and_a_competitive_one_is_not() -> None:
    items = open_items(a_round(), a_form(), (), (), NOON)
    assert [(item.what, item.owner) for item in items] == [
        ("The amount of Advisers (2022-23) is not known.", "Chief Finance Officer (Lee Castell)")
    ]


def test_an_unassigned_delivery_is_the_officers() -> None:
    items = open_items(a_round(), a_form(), (), (), NOON, unassigned=("D-009",))
    assert items[0].what == "Delivery D-009 is not assigned to a bid."
    assert items[0].owner == "Commissioning Officer (Robin Ashdown)"


def test_unanswered_queries_are_one_item_with_their_question_numbers_and_deadline() -> None:
    findings = (a_finding(), a_finding(), a_finding("risks"), a_finding("posts", severity=Severity.NOTE))
    (item,) = opened(settled(findings=findings))
    assert item.what == "Not answered by the provider: questions 2.5, 3.1."
    assert item.due == NOON


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
    assert item.what.endswith("the share of the money spent in the county")


def test_unconfirmed_links_and_deliveries_are_each_named() -> None:
    need = scored("DA-01")
    waiting = need.with_changes(unconfirmed=(need.cells[0].cell,), targeting=None, band=None)
    items = opened(settled(need=waiting, strategy=linked("DA-01", level=None)))
    assert [item.what for item in items] == [
        "Delivery to northam, women, idva is not confirmed.",
        "The link to strategy priority p1 is not confirmed.",
    ]


def test_need_that_cannot_be_computed_is_open_only_until_both_bodies_have_judged() -> None:
    (item, *_) = opened(a_dossier(need=not_computable("DA-01"), decision=decided()))
    assert item.owner == "Commissioning Officer (Robin Ashdown) and Domestic Abuse Partnership Manager (Sam Trevane)"
    assert opened(settled(need=not_computable("DA-01"))) == ()


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
    items = open_items(a_round(), a_form(), tuple(settled(bid.id, bid=bid) for bid in bids), (), NOON)
    assert [item.what for item in items if "same priority" in item.what] == [
        "AD-01 and AD-02 have the same priority. Say which comes first."
    ]


def test_open_and_absent_signatures_are_owned_by_their_role() -> None:
    items = open_items(a_round(), a_form(), (), SIGNATURES, NOON)[1:]
    assert [(item.what, item.owner) for item in items] == [
        (
            "Absent at sign-off: on leave until 8 March. The signature is wanting.",
            "Chief Finance Officer (Lee Castell)",
        ),
        ("Sign-off is still open.", "Commissioner (nobody named yet)"),
    ]


def test_the_order_is_by_pot_and_priority_with_ties_listed_and_excluded_ones_left_out() -> None:
    orders = {order.pot: order for order in decisions_order(a_round(), several())}
    assert [each.bid for each in orders["da-21"].placed] == ["DA-01", "DA-02"]
    assert orders["da-21"].ties == (("DA-01", "DA-02"),)
    assert orders["da-21"].placed[1].provisional
    assert orders["da-21"].placed[1].tied_with == ("DA-01",)
    assert [each.bid for each in orders["adv-22"].placed] == ["AD-01", "AD-02"]


def test_a_bid_without_priority_stands_last_and_is_listed() -> None:
    bids = (settled("DA-01", decision=decided("include", None)), settled("DA-02", bid=a_bid("DA-02")))
    order = decisions_order(a_round(), bids)[0]
    assert [each.bid for each in order.placed] == ["DA-02", "DA-01"]
    assert order.without_priority == ("DA-01",)


def test_a_body_whose_role_is_no_role_of_the_round_is_named_itself() -> None:
    round = a_round()
    round = round.with_changes(bodies=tuple(body.with_changes(role="assesses") for body in round.bodies))
    items = open_items(round, a_form(), (a_dossier(),), (), NOON)
    owners = {item.what: item.owner for item in items}
    assert owners["Not judged by the joint meeting yet."] == (
        "Office of the Police and Crime Commissioner and Anyshire County Council"
    )
