"""The files of the demonstration: read as strictly as any, short enough, and in step with each other."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from commissioning.config.forms import read_bank
from commissioning.config.rounds import BANK_PATH, read_round_and_form, round_files, round_path
from commissioning.model.form import Form, Kind, Question, Sensitivity
from commissioning.model.round import NationalTest, Round
from commissioning.values.working_time import LONDON, add_working, working_between

CHECKOUT = Path(__file__).parents[2]
DISTRICTS = [
    "broxbourne",
    "dacorum",
    "east_hertfordshire",
    "hertsmere",
    "north_hertfordshire",
    "st_albans",
    "stevenage",
    "three_rivers",
    "watford",
    "welwyn_hatfield",
]
GROUPS = [
    "women",
    "men",
    "children",
    "south_asian_women",
    "black_minoritised",
    "lgbt",
    "older_people",
    "disabled_people",
    "deaf_people",
]
SERVICES = [
    "idva",
    "isva",
    "chidva",
    "chisva",
    "outreach",
    "therapy",
    "helpline",
    "by_and_for_advocacy",
    "stalking",
    "recovery_group",
]
UNION = {
    **dict.fromkeys("A", 16),
    **dict.fromkeys("B", 7),
    **dict.fromkeys("C", 13),
    **dict.fromkeys("D", 7),
    **dict.fromkeys("E", 5),
    **dict.fromkeys("F", 7),
    **dict.fromkeys("G", 10),
    **dict.fromkeys("H", 10),
    **dict.fromkeys("I", 9),
}
"""How many fields each group of the published forms has."""


def text(path: str) -> str:
    return (CHECKOUT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bank() -> dict[str, Question]:
    read = read_bank(text(BANK_PATH), BANK_PATH)
    assert read.sentences == ()
    return {question.id: question for question in read.partial.questions}


@pytest.fixture(scope="module")
def demonstration() -> tuple[Round, Form]:
    paths = round_files("da-sa-2021", text(round_path("da-sa-2021")))
    return read_round_and_form({path: text(path) for path in paths}, "da-sa-2021")


def options(question: Question, column: str) -> list[str]:
    return [option.id for each in question.columns if each.id == column for option in each.options]


def test_the_bank_covers_every_field_of_the_published_forms(bank: dict[str, Question]) -> None:
    sources = {code for question in bank.values() for code in question.source.split(", ")}
    every = {f"{group}{number}" for group, count in UNION.items() for number in range(1, count + 1)}
    assert every - sources == set()
    assert {f"rule E{number}" for number in range(1, 11)} - sources == set()


def test_every_question_says_why_it_is_asked(bank: dict[str, Question]) -> None:
    assert [question.id for question in bank.values() if not question.why.endswith(".")] == []


def test_what_must_not_leave_is_marked(bank: dict[str, Question]) -> None:
    assert bank["bank_details"].sensitivity is Sensitivity.BANK
    assert bank["premises_postcode"].sensitivity is Sensitivity.LOCATION
    assert bank["refuge_address"].sensitivity is Sensitivity.LOCATION
    contacts = {id for id, question in bank.items() if question.sensitivity is Sensitivity.CONTACT}
    assert {"contact_name", "contact_email", "contact_phone", "signatory_name"} <= contacts


def test_a_form_for_a_small_charity_asks_about_forty_things(demonstration: tuple[Round, Form]) -> None:
    _, form = demonstration
    for_everybody = [asked for asked in form.asked if asked.when is None]
    assert 35 <= len(for_everybody) <= 41
    assert len(form.asked) <= 44
    assert "bank_details" not in {asked.id for asked in form.asked}


def test_the_forms_choices_are_those_of_the_needs_and_the_strategy(demonstration: tuple[Round, Form]) -> None:
    _, form = demonstration
    reach, links = form.find("reach").question, form.find("strategy_links").question
    strategy = yaml.safe_load(text("assessments/hertfordshire/victims-strategy.yaml"))
    assert options(reach, "district") == DISTRICTS
    assert options(reach, "group") == options(form.find("underrepresented").question, "group") == GROUPS
    assert options(reach, "service") == SERVICES
    assert options(links, "priority") == [priority["id"] for priority in strategy["priorities"]]


def test_the_budget_has_a_column_for_every_year_of_the_pots(demonstration: tuple[Round, Form]) -> None:
    round, form = demonstration
    budget = form.find("budget").question
    assert [column.id for column in budget.columns] == ["2021-22", "2022-23", "total"]
    assert {pot.year for pot in round.pots} == {"2021-22", "2022-23"}
    assert (budget.total_row, budget.total_column) == ("total", "total")


def test_the_documents_asked_for_are_those_of_the_round(demonstration: tuple[Round, Form]) -> None:
    round, form = demonstration
    assert [row.id for row in form.find("documents").question.rows] == list(round.documents)


def test_what_no_source_gives_is_labelled(demonstration: tuple[Round, Form]) -> None:
    round, _ = demonstration
    assert not round.deadlines.providers.time_stated
    assert round.deadlines.providers.source
    assert round.deadlines.sign_off.illustrative
    assert round.deadlines.funder.illustrative
    assert all(pot.illustrative for pot in round.pots if isinstance(pot.amount, Decimal))
    assert any(isinstance(pot.amount, Decimal) for pot in round.pots)
    assert all(condition.illustrative for condition in round.conditions if isinstance(condition, NationalTest))
    assert all("invented" in role.holder for role in round.roles)


def test_replies_asked_for_on_monday_morning_are_due_before_sign_off(demonstration: tuple[Round, Form]) -> None:
    round, _ = demonstration
    monday = round.deadlines.providers.at.replace(month=3, day=1, hour=9, minute=0, second=0, tzinfo=LONDON)
    reply = add_working(monday, round.right_to_reply, round.working_time)
    assert reply.isoformat() == "2021-03-02T13:00:00+00:00"
    left = working_between(round.deadlines.providers.at, round.deadlines.sign_off.at, round.working_time)
    assert left == timedelta(hours=19)


def test_nothing_is_mandatory_but_what_a_rule_or_the_ministry_needs(demonstration: tuple[Round, Form]) -> None:
    _, form = demonstration
    optional = {asked.id for asked in form.asked if not asked.required}
    assert optional >= {
        "charity_number",
        "company_number",
        "posts",
        "demand",
        "by_and_for",
        "strategy_links",
        "minimum_award",
        "documents_explained",
    }
    assert form.find("share_clients_local").question.kind is Kind.PERCENT
