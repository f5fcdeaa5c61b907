"""Where each bid ends: the outcome people gave it, in the order they gave."""

from __future__ import annotations

from decimal import Decimal

from commissioning.model.award import INCLUDED, Dossier, is_included, priority_of
from commissioning.model.request import TOTAL
from commissioning.model.screening import Standing
from commissioning.values.showing import show_money

NOT_STATED = "not stated"


def outcome_of(dossier: Dossier) -> str:
    """The decision in words; before there is one, the recommendation, said to be only that; or why there is none."""
    if dossier.bid.withdrawn:
        return "withdrawn by the provider"
    if dossier.screening.standing is Standing.EXCLUDED:
        return "excluded"
    if dossier.decision:
        return "; ".join(part for part in (dossier.decision.outcome, caution_of(dossier)) if part)
    if dossier.judgement:
        recommended = dossier.judgement.recommendation
        caution = _unsettled(dossier) if recommended in INCLUDED else ""
        return "; ".join(part for part in (f"recommended: {recommended}", "not decided yet", caution) if part)
    return "not judged yet"


def caution_of(dossier: Dossier) -> str:
    """What must be said wherever the bid is shown as included while screening is not settled; "" when it is."""
    return _unsettled(dossier) if is_included(dossier) else ""


def _unsettled(dossier: Dossier) -> str:
    standing = dossier.screening.standing
    match standing:
        case Standing.ELIGIBLE:
            return ""
        case Standing.REFERRED:
            return "UNDER REFERRAL, not settled yet"
        case _:
            return f"NOT SETTLED: {standing.value}"


def reason_of(dossier: Dossier) -> str:
    """Why the bid stands where it does, in the words of whoever said so; before anyone has, its standing."""
    if dossier.bid.withdrawn:
        return "The provider withdrew it."
    if dossier.screening.standing is Standing.EXCLUDED:
        return dossier.screening.decision_reason or "No reason is recorded."
    said = dossier.decision or dossier.judgement
    if said:
        return said.reason
    standing = dossier.screening.standing
    return "" if standing is Standing.ELIGIBLE else f"Screening: {standing.value}."


def in_order(dossiers: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
    """By priority, those without one last; equal priorities stand in the order of their ids and stay equal."""
    return tuple(sorted(dossiers, key=lambda each: (priority_of(each) is None, priority_of(each) or 0, each.bid.id)))


def show_amount(amount: Decimal | None) -> str:
    """Money, or "not stated"; blank is never zero."""
    return NOT_STATED if amount is None else show_money(amount)


def show_request(dossier: Dossier) -> str:
    """The total a bid asks for."""
    return show_amount(dossier.bid.money(TOTAL))
