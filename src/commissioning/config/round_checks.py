"""What can be wrong between the parts of a round, each as a sentence at its place in the round file.

`ROUND_CHECKS` need only the round, `FORM_CHECKS` also the questions its form asks. Each names the fields it reads,
so that a fault in another field does not keep it from running.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from commissioning.config.exact import Complaint, unknown
from commissioning.config.forms import repeated
from commissioning.model.form import Kind, Question
from commissioning.model.round import (
    AnsweredYes,
    Body,
    Condition,
    Criterion,
    DatesWithin,
    DocumentsPresent,
    Joint,
    NationalTest,
    Panel,
    Pot,
    RequestWithin,
    Role,
    Round,
    Stream,
)
from commissioning.values.working_time import LONDON, add_working

COMPUTED_CRITERIA = frozenset({"need", "strategy", "findings"})
"""Criteria the program fills by itself, so that they need no question of the form."""

NEEDED_ROLES: Mapping[str, str] = {
    "officer": "runs the round and answers providers",
    "chief_executive": "decides on exclusions and bids",
    "chief_finance_officer": "answers for the money",
    "commissioner": "the panel report goes to",
}
"""Roles every round has, and what each does."""

NATIONAL_TEST_ASKS: Mapping[str, Kind] = {
    "organisation_type": Kind.CHOICE,
    "works_in": Kind.CHOICE,
    "represents_national": Kind.YES_NO,
    "own_board": Kind.YES_NO,
    "governing_document": Kind.YES_NO,
    "delivery_declared": Kind.CHOICE,
    "open_everywhere": Kind.YES_NO,
    "share_clients_local": Kind.PERCENT,
    "share_money_local": Kind.PERCENT,
    "share_posts_local": Kind.PERCENT,
    "premises": Kind.YES_NO,
    "referral_pathway": Kind.YES_NO,
    "share_subcontracted": Kind.PERCENT,
}
"""The questions the national test takes its facts from; registered numbers are read where the form asks for them."""

_YEAR = re.compile(r"(?P<first>\d{4})-(?P<last>\d{2})")
_PENNY = Decimal("0.01")


# The round by itself


def ids_are_single(round: Round) -> Iterator[Complaint]:
    """No two streams, pots, bodies or roles share an id."""
    families: dict[str, tuple[Stream | Pot | Body | Role, ...]] = {
        "streams": round.streams,
        "pots": round.pots,
        "bodies": round.bodies,
        "roles": round.roles,
    }
    for name, family in families.items():
        for index, id in repeated(each.id for each in family):
            yield (name, index, "id"), f"the id `{id}` is already used in `{name}`"


def deadlines_in_order(round: Round) -> Iterator[Complaint]:
    """Providers first, then the office's sign-off, then the funder."""
    order = ("providers", "sign_off", "funder")
    for before, after in pairwise(order):
        first, then = getattr(round.deadlines, before).at, getattr(round.deadlines, after).at
        if then <= first:
            yield (
                ("deadlines", after),
                f"`{after}` ({_moment(then)}) must come after `{before}` ({_moment(first)})",
            )


def replies_end_before_sign_off(round: Round) -> Iterator[Complaint]:
    """Queries and recommended exclusions put to providers as early as possible can be answered before sign-off."""
    sign_off = round.deadlines.sign_off.at
    for name in ("reply_period", "right_to_reply"):
        period = getattr(round, name)
        ends = add_working(round.deadlines.providers.at, period, round.working_time)
        if ends > sign_off:
            begun = f"`{name}` of {period}, begun at the providers' deadline, ends {_moment(ends)}"
            yield (name,), f"{begun}, after sign-off {_moment(sign_off)}; shorten it or move sign-off"


def spend_window_in_order(round: Round) -> Iterator[Complaint]:
    """The window opens before it closes."""
    window = round.spend_window
    if window.end < window.start:
        yield ("spend_window", "end"), f"`end` ({window.end}) is before `start` ({window.start})"


def streams_draw_on_pots(round: Round) -> Iterator[Complaint]:
    """A stream draws on pots the round has, each once."""
    pots = [pot.id for pot in round.pots]
    for index, stream in enumerate(round.streams):
        at = ("streams", index, "pots")
        if not stream.pots:
            yield at, f"the stream `{stream.id}` draws on no pot"
        for place, pot in enumerate(stream.pots):
            if pot not in pots:
                yield (*at, place), unknown(pot, pots, what="a pot of this round")
        for place, pot in repeated(stream.pots):
            yield (*at, place), f"the stream `{stream.id}` already draws on `{pot}`"


def pots_are_sums(round: Round) -> Iterator[Complaint]:
    """A known amount is more than nothing and whole pennies."""
    for index, pot in enumerate(round.pots):
        if not isinstance(pot.amount, Decimal):
            continue
        if not pot.amount.is_finite() or pot.amount <= 0:
            yield (
                ("pots", index, "amount"),
                f"the amount of `{pot.id}` must be more than nothing; write `unknown` if it is",
            )
        elif pot.amount != pot.amount.quantize(_PENNY):
            yield ("pots", index, "amount"), f"the amount of `{pot.id}` has parts of a penny"


def pots_in_spend_window(round: Round) -> Iterator[Complaint]:
    """Each pot's financial year is one, and money of that year may be spent in the window."""
    for index, pot in enumerate(round.pots):
        at = ("pots", index, "year")
        year = financial_year(pot)
        if year is None:
            yield at, f"`year` says `{pot.year}`; write a financial year like 2021-22"
        elif year[1] < round.spend_window.start or year[0] > round.spend_window.end:
            window = f"{round.spend_window.start} to {round.spend_window.end}"
            yield at, f"no day of {pot.year} lies in the spend window ({window})"


def financial_year(pot: Pot) -> tuple[date, date] | None:
    """The first and last day of the pot's year, 1 April to 31 March; None when it is not written as one."""
    match = _YEAR.fullmatch(pot.year)
    if match is None or (int(match["first"]) + 1) % 100 != int(match["last"]):
        return None
    first = int(match["first"])
    return date(first, 4, 1), date(first + 1, 3, 31)


def needed_roles_are_held(round: Round) -> Iterator[Complaint]:
    """The roles that documents and open items go to are there: see `NEEDED_ROLES`."""
    there = {role.id for role in round.roles}
    for role, does in NEEDED_ROLES.items():
        if role not in there:
            yield ("roles",), f"no role has the id `{role}`, who {does}; add it"


def sign_off_by_known_roles(round: Round) -> Iterator[Complaint]:
    """Who signs has a role in the round, and signs once."""
    roles = [role.id for role in round.roles]
    if not round.sign_off:
        yield ("sign_off",), "nobody signs off; name at least one role"
    for index, role in enumerate(round.sign_off):
        if role not in roles:
            yield ("sign_off", index), unknown(role, roles, what="a role of this round")
    for index, role in repeated(round.sign_off):
        yield ("sign_off", index), f"`{role}` already signs off"


def assessing_bodies_known(round: Round) -> Iterator[Complaint]:
    """The bodies that assess are bodies of the round."""
    bodies = [body.id for body in round.bodies]
    for index, body in enumerate(round.assessment.bodies):
        if body not in bodies:
            yield ("assessment", "bodies", index), unknown(body, bodies, what="a body of this round")


def criteria_hang_together(round: Round) -> Iterator[Complaint]:
    """Criteria have their own ids, and parents that are top-level criteria."""
    criteria = round.assessment.criteria
    top = [each.id for each in criteria if not each.parent]
    at = ("assessment", "criteria")
    if not criteria:
        yield at, "there are no criteria; name at least one"
    for index, id in repeated(each.id for each in criteria):
        yield (*at, index, "id"), f"the criterion `{id}` is already there"
    for index, each in enumerate(criteria):
        if each.parent and each.parent not in top:
            yield (*at, index, "parent"), unknown(each.parent, top, what="a top-level criterion")


def weights_fit_the_method(round: Round) -> Iterator[Complaint]:
    """A panel's top-level weights are per cent and sum to 100; a joint assessment adds no marks up."""
    assessment = round.assessment
    at = ("assessment", "criteria")
    for index, each in enumerate(assessment.criteria):
        yield from (((*at, index, "weight"), says) for says in _weight_faults(assessment, each))
    if isinstance(assessment, Panel):
        weights = [each.weight for each in assessment.criteria if not each.parent and each.weight is not None]
        total = sum(weights, Decimal(0))
        if total != 100:  # noqa: PLR2004  # per cent
            yield at, f"the weights of the top-level criteria sum to {total}; they must sum to 100"


def _weight_faults(assessment: Joint | Panel, criterion: Criterion) -> Iterator[str]:
    if isinstance(assessment, Joint):
        if criterion.weight is not None:
            yield f"`{criterion.id}` has a weight, but a joint assessment adds no marks up; leave it out"
    elif criterion.parent:
        if criterion.weight is not None:
            yield f"`{criterion.id}` shares the weight of `{criterion.parent}`; leave its own out"
    elif criterion.weight is None:
        yield f"`{criterion.id}` has no weight"
    elif not criterion.weight.is_finite() or criterion.weight <= 0:
        yield f"the weight of `{criterion.id}` must be more than nothing"


def panel_can_score(round: Round) -> Iterator[Complaint]:
    """A panel has a scale that rises and somebody to read."""
    assessment = round.assessment
    if not isinstance(assessment, Panel):
        return
    if assessment.highest <= assessment.lowest:
        yield ("assessment", "highest"), f"`highest` must be more than `lowest` ({assessment.lowest})"
    if assessment.readers < 1:
        yield ("assessment", "readers"), "`readers` must be 1 or more"


def conditions_are_single(round: Round) -> Iterator[Complaint]:
    """The same condition is not set twice."""
    asked = [_condition_key(condition) for condition in round.conditions]
    for index, (key, condition) in enumerate(zip(asked, round.conditions, strict=True)):
        if Counter(asked[:index])[key]:
            yield ("conditions", index), f"this condition (`{condition.rule}`) is already set above"


def _condition_key(condition: Condition) -> tuple[str, str]:
    return condition.rule, getattr(condition, "question", "")


def national_thresholds_are_shares(round: Round) -> Iterator[Complaint]:
    """Every threshold of the national test is a share between 0 and 1."""
    for index, condition in enumerate(round.conditions):
        if not isinstance(condition, NationalTest):
            continue
        for name, value in condition:
            if isinstance(value, Decimal) and not 0 <= value <= 1:
                yield ("conditions", index, name), f'`{name}` says `{value}`; a share lies between "0" and "1"'


def documents_are_listed(round: Round) -> Iterator[Complaint]:
    """A condition asks only for documents the round lists."""
    for index, condition in enumerate(round.conditions):
        for place, id in enumerate(condition.documents if isinstance(condition, DocumentsPresent) else ()):
            if id not in round.documents:
                yield (
                    ("conditions", index, "documents", place),
                    unknown(id, round.documents, what="a document of this round"),
                )


RoundCheck = Callable[[Round], Iterator[Complaint]]

ROUND_CHECKS: tuple[tuple[tuple[str, ...], RoundCheck], ...] = (
    (("streams", "pots", "bodies", "roles"), ids_are_single),
    (("deadlines",), deadlines_in_order),
    (("deadlines", "reply_period", "right_to_reply", "working_time"), replies_end_before_sign_off),
    (("spend_window",), spend_window_in_order),
    (("streams", "pots"), streams_draw_on_pots),
    (("pots",), pots_are_sums),
    (("pots", "spend_window"), pots_in_spend_window),
    (("roles",), needed_roles_are_held),
    (("sign_off", "roles"), sign_off_by_known_roles),
    (("assessment", "bodies"), assessing_bodies_known),
    (("assessment",), criteria_hang_together),
    (("assessment",), weights_fit_the_method),
    (("assessment",), panel_can_score),
    (("conditions",), conditions_are_single),
    (("conditions",), national_thresholds_are_shares),
    (("conditions", "documents"), documents_are_listed),
)


# The round and its form


def conditions_are_asked(round: Round, asked: Mapping[str, Question]) -> Iterator[Complaint]:
    """The form asks what a condition reads, with the right kind of answer."""
    for index, condition in enumerate(round.conditions):
        for parameter, question, kinds in _reads(condition):
            at = ("conditions", index, parameter) if parameter else ("conditions", index)
            yield from ((at, says) for says in _asking_faults(question, kinds, asked, condition.rule))


def _reads(condition: Condition) -> Iterator[tuple[str, str, tuple[Kind, ...]]]:
    """The parameter that names a question ("" when the rule itself does), the question, the kinds that will do."""
    if isinstance(condition, AnsweredYes):
        yield "question", condition.question, (Kind.YES_NO, Kind.TICK)
    elif isinstance(condition, DatesWithin):
        yield "start", condition.start, (Kind.DATE,)
        yield "end", condition.end, (Kind.DATE,)
    elif isinstance(condition, RequestWithin):
        yield "question", condition.question, (Kind.MONEY,)
    elif isinstance(condition, DocumentsPresent) and condition.explained_in:
        yield "explained_in", condition.explained_in, (Kind.TEXT, Kind.LONG_TEXT)
    elif isinstance(condition, NationalTest):
        yield from (("", question, (kind,)) for question, kind in NATIONAL_TEST_ASKS.items())


def _asking_faults(id: str, kinds: tuple[Kind, ...], asked: Mapping[str, Question], rule: str) -> Iterator[str]:
    if id not in asked:
        yield f"the condition `{rule}` reads the question `{id}`, which the form does not ask"
    elif asked[id].kind not in kinds:
        yield f"the condition `{rule}` reads `{id}` as {' or '.join(kinds)}, but it is of kind `{asked[id].kind}`"


def criteria_have_evidence(round: Round, asked: Mapping[str, Question]) -> Iterator[Complaint]:
    """Every criterion shows answers the form asks for, or figures the program works out."""
    parents = {each.parent for each in round.assessment.criteria}
    for index, each in enumerate(round.assessment.criteria):
        at = ("assessment", "criteria", index)
        for place, question in enumerate(each.questions):
            if question not in asked:
                yield (*at, "questions", place), unknown(question, asked, what="a question the form asks")
        if not each.questions and each.id not in COMPUTED_CRITERIA | parents:
            names = _listed(COMPUTED_CRITERIA)
            yield at, f"`{each.id}` is an orphan: it names no question, and the program works out only {names}"


def streams_are_offered(round: Round, asked: Mapping[str, Question]) -> Iterator[Complaint]:
    """The form's question `stream` offers the round's streams, no more and no fewer."""
    if "stream" not in asked:
        yield ("form",), "the form does not ask `stream`, so a bid cannot say which stream it is for"
        return
    offered = {option.id for option in asked["stream"].options}
    for index, stream in enumerate(round.streams):
        if stream.id not in offered:
            yield ("streams", index, "id"), unknown(stream.id, offered, what="a stream the form offers")
    extra = offered - {stream.id for stream in round.streams}
    if extra:
        yield ("form",), f"the form's question `stream` offers {_listed(extra)}, which this round does not have"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


FormCheck = Callable[[Round, Mapping[str, Question]], Iterator[Complaint]]

FORM_CHECKS: tuple[tuple[tuple[str, ...], FormCheck], ...] = (
    (("conditions",), conditions_are_asked),
    (("assessment",), criteria_have_evidence),
    (("streams",), streams_are_offered),
)


def _moment(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M:%S}"
