"""What a person types into the provider's form, by the name of each control: the parts a filled form is made of.

Every function returns typed text and nothing else: what is not given stays untouched, as a person leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

Typed = dict[str, str]

CHARITY, CIO = "Registered charity", "Charitable incorporated organisation (CIO)"
COMPANY, SOCIAL = "Company limited by guarantee", "Community interest company or other social enterprise"
GROUP = "Voluntary or community group that is not registered"

ONLY_HERE, AND_NEIGHBOURS = "Hertfordshire only, or part of it", "Hertfordshire and neighbouring areas"
REGIONS, EVERYWHERE = "Three or more regions of England", "All of England and Wales, or the United Kingdom"

DA, SV = "Domestic abuse uplift", "Sexual violence uplift"
IDVA, ISVA = "Independent Domestic Violence Adviser posts", "Independent Sexual Violence Adviser posts"

LOCAL, NATIONAL = "Local: for people in Hertfordshire", "National: for people anywhere"

# The kinds of service, by their option's text.
IDVA_ADVICE, ISVA_ADVICE = "Independent Domestic Violence Adviser (IDVA)", "Independent Sexual Violence Adviser (ISVA)"
CHIDVA, CHISVA = "Children's IDVA", "Children's ISVA"
OUTREACH, THERAPY, LINE = "Outreach and community support", "Counselling and therapy", "Helpline"
BY_AND_FOR, STALKING, RECOVERY = "Advocacy led by and for a community", "Stalking advocacy", "Recovery group"

LEFT_BEHIND, SAFE = "No victim left behind", "Safe, confidential services"
BEACON, COPE, RECOVER = "Beacon as the expert organisation", "Victims cope", "Victims recover"

DOCUMENTS: Final = (
    "accounts",
    "constitution",
    "safeguarding_children",
    "safeguarding_adults",
    "equality",
    "data_protection",
)


@dataclass(frozen=True)
class Filled:
    """One form as somebody filled it in: the file's name, what was typed by control, and how it was saved.

    `office` says that LibreOffice saved it. `typed_over` says that the controls were deleted and typed over. `below`
    is what was written between two tables, by the control that stands in the table above.
    """

    file: str
    typed: Typed
    office: bool = False
    typed_over: bool = False
    below: Mapping[str, str] = field(default_factory=dict)


def form(
    file: str,
    *parts: Typed,
    office: bool = False,
    typed_over: bool = False,
    below: Mapping[str, str] | None = None,
) -> Filled:
    """Put the parts of one form together; nothing typed twice."""
    typed: Typed = {}
    for part in parts:
        twice = typed.keys() & part.keys()
        if twice:
            raise ValueError(f"{file}: typed twice: {sorted(twice)}")
        typed |= {name: text for name, text in part.items() if text}
    return Filled(file, typed, office=office, typed_over=typed_over, below=below or {})


def changed(filled: Filled, file: str, **typed: str) -> Filled:
    """Return the form with some answers typed anew, under another file name."""
    return replace(filled, file=file, typed={**filled.typed, **typed})


def without(part: Typed, *names: str) -> Typed:
    """Return the part with these answers left untouched."""
    return {name: text for name, text in part.items() if name not in names}


def plain(pounds: float) -> str:
    """Write an amount as most people do: 24000."""
    return f"{pounds:.2f}".removesuffix(".00")


def commas(pounds: float) -> str:
    """Write an amount with commas: 24,000."""
    return f"{pounds:,.2f}".removesuffix(".00")


def full(pounds: float) -> str:
    """Write an amount as the form asks: £24,000.00."""
    return f"£{pounds:,.2f}"


def organisation(
    name: str,
    *,
    kind: str = CHARITY,
    charity: str = "",
    company: str = "",
    governed: str = "Yes",
    works: str = ONLY_HERE,
    contact: tuple[str, str],
    branch_of: str = "",
    own_board: str = "",
) -> Typed:
    """Section 1. A branch names its national organisation; everybody else says no."""
    return {
        "organisation_name": name,
        "organisation_type": kind,
        "charity_number": charity,
        "company_number": company,
        "governing_document": governed,
        "works_in": works,
        "represents_national": "Yes" if branch_of else "No",
        "branch_of": branch_of,
        "own_board": own_board,
        "contact_name": contact[0],
        "contact_email": contact[1],
    }


def service(
    stream: str,
    name: str,
    summary: str,
    *,
    fits: str,
    start: str = "1 April 2021",
    end: str = "31 March 2022",
    posts: Sequence[tuple[str, str, str, str, str]] = (),
) -> Typed:
    """Section 2. Each post: role, new or existing, full-time equivalent, full-time salary, where it is based."""
    return {
        "stream": stream,
        "service_name": name,
        "summary": summary,
        "start_date": start,
        "end_date": end,
        "existing_provision": fits,
        "free_of_charge": "Yes",
        "cope_and_recover": "Yes",
        **rows("posts", ("role", "status", "fte", "salary", "host"), posts),
    }


def where(
    *,
    declared: str = LOCAL,
    open_to_all: str = "No",
    people: str = "100%",
    money: str = "100%",
    posts: str = "100%",
    passed_on: str = "0%",
    premises: str = "Yes",
    postcode: str = "",
    pathway: str = "Yes",
) -> Typed:
    """Section 3: whether the service is local."""
    return {
        "delivery_declared": declared,
        "open_everywhere": open_to_all,
        "share_clients_local": people,
        "share_money_local": money,
        "share_posts_local": posts,
        "share_subcontracted": passed_on,
        "premises": premises,
        "premises_postcode": postcode,
        "referral_pathway": pathway,
    }


def need(
    evidence: str,
    *,
    reach: Sequence[tuple[str, str, str, str]],
    demand: Mapping[str, tuple[str, str]] | None = None,
    missing: Sequence[tuple[str, str, str]] = (),
    by_and_for: str = "No",
    links: Sequence[tuple[str, str]] = (),
) -> Typed:
    """Section 4. Reach: district, group, service, people. Demand: number and period by line."""
    counted = {
        f"demand.{line}.{column}": text
        for line, pair in (demand or {}).items()
        for column, text in zip(("number", "period"), pair, strict=True)
    }
    return {
        "evidence_of_need": evidence,
        "by_and_for": by_and_for,
        **counted,
        **rows("reach", ("district", "group", "service", "people"), reach),
        **rows("underrepresented", ("group", "gap", "action"), missing),
        **rows("strategy_links", ("priority", "claim"), links),
    }


def money(
    lines: Mapping[str, tuple[float, float]],
    *,
    least: str = "",
    double: str = "No",
    style: Callable[[float], str] = plain,
) -> Typed:
    """Section 5, its totals added up. `lines` holds the two years of each line; a year of nought is left empty."""
    years = ("2021-22", "2022-23")
    typed: Typed = {}
    for line, amounts in lines.items():
        typed |= {f"budget.{line}.{year}": style(each) for year, each in zip(years, amounts, strict=True) if each}
        typed[f"budget.{line}.total"] = style(sum(amounts))
    sums = [sum(amounts[at] for amounts in lines.values()) for at in range(len(years))]
    typed |= {f"budget.total.{year}": style(each) for year, each in zip(years, sums, strict=True) if each}
    typed["budget.total.total"] = style(sum(sums))
    return {
        "total_requested": style(sum(sums)),
        "minimum_award": least,
        "double_funding": double,
        **typed,
    }


def documents(*attached: str, why: str = "") -> Typed:
    """Section 6: what is attached, and why the rest is not."""
    said = {f"documents.{each}.attached": "Attached" if each in attached else "Not attached" for each in DOCUMENTS}
    return {**said, "documents_explained": why}


def signed(name: str) -> Typed:
    """Section 7, with the boxes ticked."""
    return {"declaration_true": "Yes", "declaration_share": "Yes", "signatory_name": name}


def rows(question: str, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> Typed:
    """Return the cells of rows typed into a table, the first row being 1."""
    return {
        f"{question}.{number}.{column}": text
        for number, line in enumerate(lines, start=1)
        for column, text in zip(columns, line, strict=True)
    }
