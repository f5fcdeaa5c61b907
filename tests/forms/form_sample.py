"""An invented form with a question of every kind, for the tests of `forms/`."""

from __future__ import annotations

from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section, Sensitivity, When


def question(id: str, kind: Kind, text: str, **more: object) -> Question:
    return Question.model_validate({"id": id, "kind": kind, "text": text, "why": f"It tells us about {id}.", **more})


AREAS = (
    Option(id="north", text="North Ridge"),
    Option(id="south", text="South Ridge"),
    Option(id="all", text="All of the county, and beyond"),
)
SCOPE = (Option(id="local", text="Local"), Option(id="national", text="National, with a local branch"))
LINES = (
    Option(id="salaries", text="Salaries"),
    Option(id="training", text="Training and supervision"),
    Option(id="total", text="Total"),
)

FORM = Form(
    id="river-2026",
    version=1,
    title="River county grants 2026: application form",
    subtitle="An invented form",
    introduction=("Please read the guidance first.",),
    closing=("Thank you for your application.",),
    code="river-2026 v1 0a1b2c3d",
    sections=(
        Section(
            title="1. About you",
            guidance="We ask about your organisation once.",
            asked=(
                Asked(question=question("name", Kind.TEXT, "Name of your organisation"), number="1.1", required=True),
                Asked(question=question("email", Kind.EMAIL, "E-mail", sensitivity=Sensitivity.CONTACT), number="1.2"),
                Asked(question=question("phone", Kind.PHONE, "Telephone"), number="1.3"),
                Asked(question=question("postcode", Kind.POSTCODE, "Postcode"), number="1.4"),
                Asked(question=question("charity", Kind.CHARITY_NUMBER, "Charity registration number"), number="1.5"),
                Asked(question=question("company", Kind.COMPANY_NUMBER, "Company registration number"), number="1.6"),
                Asked(
                    question=question("scope", Kind.CHOICE, "Is your work local or national?", options=SCOPE),
                    number="1.7",
                ),
                Asked(
                    question=question(
                        "branch", Kind.YES_NO, "Is there a local branch?", guidance="With its own board."
                    ),
                    number="1.8",
                    when=When(question="scope", is_one_of=("national",)),
                ),
            ),
        ),
        Section(
            title="2. Your proposal",
            asked=(
                Asked(
                    question=question("summary", Kind.LONG_TEXT, "What will you do?", words=20),
                    number="2.1",
                    required=True,
                ),
                Asked(question=question("areas", Kind.CHOICES, "Where will you work?", options=AREAS), number="2.2"),
                Asked(question=question("start", Kind.DATE, "When will you start?"), number="2.3"),
                Asked(
                    question=question("share", Kind.PERCENT, "Share of clients who live in the county"), number="2.4"
                ),
                Asked(
                    question=question(
                        "clients", Kind.NUMBER, "How many people in year 1?", minimum="0", maximum="100000"
                    ),
                    number="2.5",
                ),
                Asked(
                    question=question(
                        "later", Kind.NUMBER, "How many people in year 2?", minimum="0", maximum="100000"
                    ),
                    number="2.6",
                ),
                Asked(
                    question=question(
                        "posts",
                        Kind.TABLE,
                        "Which posts will you pay for?",
                        columns=(
                            Column(id="role", title="Role", width=2.0),
                            Column(id="hours", title="Hours a week", kind=Kind.NUMBER),
                            Column(id="new", title="New post?", kind=Kind.YES_NO),
                            Column(id="salary", title="Salary", kind=Kind.MONEY),
                        ),
                        blank_rows=3,
                    ),
                    number="2.7",
                ),
                Asked(
                    question=question(
                        "budget",
                        Kind.TABLE,
                        "What will it cost?",
                        columns=(
                            Column(id="first", title="2026-27", kind=Kind.MONEY),
                            Column(id="second", title="2027-28", kind=Kind.MONEY),
                        ),
                        rows=LINES,
                        total_row="total",
                    ),
                    number="2.8",
                    required=True,
                ),
                Asked(question=question("amount", Kind.MONEY, "How much do you ask for?", minimum="1"), number="2.9"),
            ),
        ),
        Section(
            title="3. Declaration",
            asked=(
                Asked(question=question("true", Kind.TICK, "All we have said is true"), number="3.1", required=True),
            ),
        ),
    ),
)
