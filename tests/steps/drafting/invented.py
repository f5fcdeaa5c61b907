"""An invented round with invented providers, for the tests of what goes out. No name here is a real charity's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from commissioning.findings import Finding, Place, Severity
from commissioning.model.award import Decision, Dossier, Interest, Judgement, OpenItem, Signature, Stamp
from commissioning.model.bid import (
    Annex,
    Answer,
    Bid,
    CellAnswer,
    Day,
    LedgerLine,
    Method,
    Money,
    Number,
    RowAnswer,
    Rows,
    Status,
    Text,
    Value,
    YesNo,
)
from commissioning.model.form import Asked, Column, Form, Kind, Option, Question, Section, Sensitivity
from commissioning.model.need import (
    Area,
    CellId,
    CellScore,
    Named,
    NeedsAssessment,
    NeedScore,
    NeedsPolicy,
    Observation,
    State,
)
from commissioning.model.round import (
    AnsweredYes,
    Body,
    Criterion,
    DatesWithin,
    Deadline,
    Deadlines,
    Joint,
    NationalTest,
    Pot,
    ReceivedOnTime,
    Role,
    Round,
    SpendWindow,
    Stream,
    WorkingPeriod,
    WorkingTime,
)
from commissioning.model.screening import Fact, Outcome, Screening, Standing, Verdict
from commissioning.model.strategy import Level, Link, Priority, Strategy, StrategyScore

NOON = datetime(2021, 3, 2, 12, 0, tzinfo=UTC)
SECRET = "12-34-56 00112233"  # noqa: S105 - an invented account number
WHO = "Asked by the Ministry."

STAMP = Stamp(
    document="panel report",
    version=2,
    made_at=NOON,
    chain_head="a3" * 32,
    provisional=True,
    amendments=("1 March 2021: the reply period was lengthened from 6 to 8 working hours, as two providers asked.",),
    changed=("DA-02 was found eligible after the provider’s reply.",),
)


def a_round() -> Round:
    return Round(
        id="da-sa-2021",
        title="Domestic abuse and sexual abuse services 2021 to 2023",
        authority="Police and Crime Commissioner for Anyshire",
        funder="Ministry of Justice",
        wording={"bid": "expression of interest"},
        form="form.yaml",
        needs="anyshire",
        strategy="victims",
        deadlines=Deadlines(
            providers=Deadline(at=datetime(2021, 2, 26, 23, 59, 59, tzinfo=UTC), time_stated=False),
            sign_off=Deadline(at=datetime(2021, 3, 3, 12, 0, tzinfo=UTC)),
            funder=Deadline(at=datetime(2021, 3, 3, 17, 0, tzinfo=UTC), illustrative="the time is illustrative"),
        ),
        reply_period=WorkingPeriod(amount=8, unit="working hours"),
        right_to_reply=WorkingPeriod(amount=8, unit="working hours"),
        working_time=WorkingTime(
            days=("monday", "tuesday", "wednesday", "thursday", "friday"), start=time(9), end=time(17)
        ),
        spend_window=SpendWindow(start=date(2021, 4, 1), end=date(2023, 3, 31)),
        streams=(
            Stream(id="da", title="Domestic abuse", pots=("da-21",)),
            Stream(id="isva", title="Independent advisers", pots=("adv-21", "adv-22")),
        ),
        pots=(
            Pot(
                id="da-21",
                title="Domestic abuse uplift",
                year="2021-22",
                amount=Decimal("100000.00"),
                illustrative="The amount is illustrative.",
            ),
            Pot(id="adv-21", title="Advisers", year="2021-22", amount="competitive"),
            Pot(id="adv-22", title="Advisers", year="2022-23", amount="unknown"),
        ),
        bodies=(
            Body(id="opcc", name="Office of the Police and Crime Commissioner", role="officer"),
            Body(id="council", name="Anyshire County Council", role="county_council"),
        ),
        roles=(
            Role(id="officer", title="Commissioning Officer", holder="Robin Ashdown"),
            Role(id="chief_executive", title="Chief Executive", holder="Jo Merrow"),
            Role(id="chief_finance_officer", title="Chief Finance Officer", holder="Lee Castell"),
            Role(id="county_council", title="Domestic Abuse Partnership Manager", holder="Sam Trevane"),
        ),
        sign_off=("chief_executive", "chief_finance_officer"),
        conditions=(
            ReceivedOnTime(rule="received_on_time", source="the notice of 1 February 2021"),
            AnsweredYes(rule="answered_yes", question="free", title="Free of charge to victims"),
            DatesWithin(rule="dates_within", start="start_date", end="end_date"),
            NationalTest(
                rule="national_test",
                beneficiaries_local=Decimal(".5"),
                money_local=Decimal(".5"),
                strong_beneficiaries=Decimal(".9"),
                strong_money=Decimal(".8"),
                strong_posts=Decimal(".8"),
                subcontracted=Decimal(".5"),
                source="the notice of 1 February 2021, last paragraph",
            ),
        ),
        assessment=Joint(
            kind="joint",
            bodies=("opcc", "council"),
            criteria=(
                Criterion(id="need", title="Need", questions=("evidence_of_need",)),
                Criterion(id="strategy", title="Fit with the strategy"),
                Criterion(id="delivery", title="Deliverability", questions=("start_date", "posts", "risks")),
            ),
        ),
        documents={"accounts": "Last accounts"},
    )


def question(id: str, text: str, kind: Kind, **more: object) -> Question:
    return Question.model_validate({"id": id, "text": text, "kind": kind, "why": WHO, **more})


def a_form() -> Form:
    years = tuple(Column(id=year, title=year, kind=Kind.MONEY) for year in ("2021-22", "2022-23", "total"))
    lines = tuple(Option(id=line, text=line.title()) for line in ("salaries", "travel", "total"))
    about = (
        Asked(question=question("organisation_name", "What is your organisation called?", Kind.TEXT), number="1.1"),
        Asked(
            question=question("bank_details", "Which account?", Kind.TEXT, sensitivity=Sensitivity.BANK), number="1.2"
        ),
    )
    service = (
        Asked(
            question=question("evidence_of_need", "What shows that it is needed?", Kind.LONG_TEXT),
            number="2.1",
            required=True,
        ),
        Asked(question=question("start_date", "When would it start?", Kind.DATE), number="2.2"),
        Asked(question=question("end_date", "When would it end?", Kind.DATE), number="2.3"),
        Asked(
            question=question(
                "posts",
                "Which posts would be paid for?",
                Kind.TABLE,
                columns=(Column(id="role", title="Post"), Column(id="fte", title="Full-time posts", kind=Kind.NUMBER)),
                blank_rows=3,
            ),
            number="2.4",
        ),
        Asked(question=question("risks", "What could go wrong?", Kind.LONG_TEXT), number="2.5"),
        Asked(question=question("free", "Is it free to victims?", Kind.YES_NO), number="2.6"),
    )
    money = (
        Asked(question=question("total_requested", "How much do you ask for in total?", Kind.MONEY), number="3.1"),
        Asked(question=question("minimum_award", "What is the least that would work?", Kind.MONEY), number="3.2"),
        Asked(
            question=question(
                "budget",
                "What would it be spent on?",
                Kind.TABLE,
                columns=years,
                rows=lines,
                total_row="total",
                total_column="total",
            ),
            number="3.3",
        ),
    )
    return Form(
        id="da-sa-2021",
        version=1,
        title="Expression of interest",
        sections=(
            Section(title="About you", asked=about),
            Section(title="The service", asked=service),
            Section(title="Money", asked=money),
        ),
        code="da-sa-2021/1/0f3a",
    )


def place(path: str, *, file: str = "form.docx") -> Place:
    return Place(file=file, path=path)


def said(question: str, value: Value | None, raw: str, path: str) -> Answer:
    status = Status.BLANK if value is None and not raw else Status.ANSWERED if value else Status.UNREADABLE
    return Answer(question=question, status=status, value=value, raw=raw, place=place(path), method=Method.TAG)


def money_cell(column: str, amount: str, path: str) -> CellAnswer:
    value = Money(amount=Decimal(amount)) if amount else None
    return CellAnswer(
        column=column,
        status=Status.ANSWERED if value else Status.BLANK,
        value=value,
        raw=amount,
        place=place(path) if value else None,
    )


def budget(*years: str) -> Rows:
    """A budget whose only line is salaries; "" is a year left blank."""
    whole = str(sum((Decimal(year) for year in years if year), Decimal(0)))
    amounts = dict(zip(("2021-22", "2022-23", "total"), (*years, whole), strict=True))
    return Rows(
        rows=tuple(
            RowAnswer(
                id=row,
                cells=tuple(
                    money_cell(column, amount, f"table 4, row {at}, cell {index}")
                    for index, (column, amount) in enumerate(amounts.items(), 2)
                ),
            )
            for at, row in ((2, "salaries"), (4, "total"))
        )
    )


EVIDENCE = (
    "Last year 143 women in the north of the county asked us for help and we had to turn 61 of them away. The "
    "hospital refers three people a week to us; we can see one. " * 4
).strip()


def a_bid(
    id: str = "DA-01",
    *,
    provider: str = "wren-house",
    stream: str = "da",
    request: str = "48000.00",
    years: tuple[str, str] = ("48000.00", ""),
    **more: object,
) -> Bid:
    posts = Rows(
        rows=(
            RowAnswer(
                id="1",
                cells=(
                    CellAnswer(
                        column="role",
                        status=Status.ANSWERED,
                        value=Text(text="Domestic abuse adviser"),
                        raw="Domestic abuse adviser",
                    ),
                    CellAnswer(column="fte", status=Status.ANSWERED, value=Number(number=Decimal("1.50")), raw="1.5"),
                ),
            ),
        )
    )
    answers = (
        said("organisation_name", Text(text="Wren House"), "Wren House", "paragraph 4"),
        said("bank_details", Text(text=SECRET), SECRET, "paragraph 7"),
        said("evidence_of_need", Text(text=EVIDENCE), EVIDENCE, "table 2, row 1, cell 2"),
        said("start_date", Day(day=date(2021, 4, 1)), "1 April 2021", "paragraph 12"),
        said("end_date", Day(day=date(2022, 3, 31)), "31 March 2022", "paragraph 13"),
        said("posts", posts, "", "table 3"),
        said("risks", Text(text="Recruiting takes time; two of our volunteers would cover."), "x", "paragraph 15"),
        said("free", YesNo(yes=True), "Yes", "paragraph 16"),
        said("total_requested", Money(amount=Decimal(request)) if request else None, request, "paragraph 18"),
        said("minimum_award", Money(amount=Decimal("30000.00")), "£30,000.00", "paragraph 19"),
        said("budget", budget(*years), "", "table 4"),
    )
    fields: dict[str, object] = {
        "id": id,
        "round": "da-sa-2021",
        "provider": provider,
        "stream": stream,
        "delivery": "D-001",
        "file": "form.docx",
        "file_name": "form.docx",
        "received": datetime(2021, 2, 26, 15, 58, tzinfo=UTC),
        "received_from": "header of mail.example",
        "answers": answers,
        "annexes": (Annex(file="f1", name="accounts-2020.pdf", proves="accounts"),),
    }
    return Bid.model_validate({**fields, **more})


def eligible(bid: str) -> Screening:
    verdicts = (
        Verdict(condition="received_on_time", rule="received_on_time", outcome=Outcome.ELIGIBLE, reason="On time."),
    )
    return Screening(bid=bid, outcome=Outcome.ELIGIBLE, verdicts=verdicts, standing=Standing.ELIGIBLE)


def against(bid: str, standing: Standing = Standing.AWAITING_REPLY, **more: object) -> Screening:
    verdict = Verdict(
        condition="national_test",
        rule="R3",
        outcome=Outcome.RECOMMENDED_EXCLUSION,
        reason="A national organisation asks for a service that anyone in the country may use.",
        facts=(
            Fact(name="Open to anyone in the country", says="yes", place=place("paragraph 21")),
            Fact(name="Share of people helped who live in the county", says="4%", place=place("paragraph 22")),
            Fact(name="Account", says=SECRET, place=place("paragraph 7"), question="bank_details"),
        ),
        key="national_test",
    )
    fields: dict[str, object] = {
        "bid": bid,
        "outcome": Outcome.RECOMMENDED_EXCLUSION,
        "verdicts": (verdict,),
        "standing": standing,
    }
    return Screening.model_validate({**fields, **more})


def referred(bid: str) -> Screening:
    verdict = Verdict(
        condition="national_test",
        rule="R5",
        outcome=Outcome.REFER,
        reason="The form does not say how much of the money would be spent in the county.",
        settles="the share of the money spent in the county",
        key="national_test",
    )
    return Screening(bid=bid, outcome=Outcome.REFER, verdicts=(verdict,), standing=Standing.REFERRED)


CELL = CellId(area="northam", cohort="women", service="idva")


def scored(bid: str) -> NeedScore:
    cell = CellScore(
        cell=CELL,
        asked=Decimal(70),
        capped=Decimal(70),
        confidence=Decimal(1),
        counted=Decimal(70),
        gap=Decimal(70),
        weight=Decimal(1),
        benefit=Decimal("51.8"),
        steps=("capacity 140, so 70 count", "delivery evidenced: 70 × 1 = 70", "gap 70, weight 1.00: benefit 51.8"),
    )
    return NeedScore(
        bid=bid, capacity=Decimal(140), cells=(cell,), benefit=Decimal("51.8"), targeting=Decimal(".74"), band=2
    )


def not_computable(bid: str) -> NeedScore:
    return NeedScore(
        bid=bid,
        capacity=None,
        cells=(),
        benefit=None,
        targeting=None,
        band=None,
        not_computable=("no figure for South Asian women, outreach, in Southam",),
        cited_evidence=place("table 2, row 1, cell 2"),
    )


def linked(bid: str, *, level: Level | None = Level.FULL) -> StrategyScore:
    link = Link(
        priority="p1",
        claim="Nobody is left behind",
        place=place("paragraph 30"),
        level=level,
        by="Robin Ashdown" if level else "",
    )
    return StrategyScore(
        bid=bid,
        links=(link,),
        score=Decimal(5) if level else None,
        steps=("1 of 1 link shown",),
        unconfirmed=() if level else ("p1",),
    )


def judged(recommendation: str = "include", priority: int | None = 1) -> Judgement:
    return Judgement.model_validate(
        {
            "judgements": {"need": "Strong: its own figures agree with ours.", "delivery": "Ready to start in April."},
            "recommendation": recommendation,
            "priority": priority,
            "reason": "It meets the largest gap in the north of the county.",
            "present": ("Robin Ashdown", "Sam Trevane"),
            "at": NOON,
            "act": 41,
        }
    )


def decided(outcome: str = "include", priority: int | None = 1) -> Decision:
    return Decision.model_validate(
        {
            "outcome": outcome,
            "priority": priority,
            "reason": "Agreed as recommended.",
            "by": "Jo Merrow",
            "at": NOON,
            "act": 52,
        }
    )


def a_finding(question: str = "total_requested", message: str = "", severity: Severity = Severity.ERROR) -> Finding:
    says = (
        message or "The total requested is £48,000.00, but the budget comes to £47,000.00. Please say which is right."
    )
    return Finding(
        code="request-disagrees", severity=severity, message=says, place=place("paragraph 18"), question=question
    )


def a_dossier(id: str = "DA-01", **more: object) -> Dossier:
    fields: dict[str, object] = {
        "bid": a_bid(id),
        "provider_name": "Wren House",
        "service_name": "Northam advice and court support",
        "findings": (),
        "screening": eligible(id),
        "need": scored(id),
        "strategy": linked(id),
    }
    return Dossier.model_validate({**fields, **more})


def several() -> tuple[Dossier, ...]:
    """Bids in every state a document must show."""
    late = Interest(person="Sam Trevane", body="council", interest="Trustee of the provider until 2019")
    none = Interest(person="Robin Ashdown", body="opcc", interest="")
    return (
        a_dossier("DA-01", judgement=judged(), decision=decided(), interests=(late, none)),
        a_dossier(
            "DA-02",
            provider_name="The Larkfield Project",
            service_name="Larkfield outreach",
            bid=a_bid("DA-02", provider="larkfield", request="61000.00", years=("60000.00", "")),
            findings=(a_finding(), a_finding("bank_details", f"{SECRET} is not a sort code.")),
            need=not_computable("DA-02"),
            strategy=linked("DA-02", level=None),
            screening=referred("DA-02"),
            judgement=judged("include provisionally", 1),
            decision=decided("include provisionally", 1),
            unplaced=(LedgerLine(text="see over", place=place("paragraph 90"), fate="unplaced"),),
        ),
        a_dossier(
            "DA-03",
            provider_name="Halcyon Line UK",
            service_name="National helpline",
            bid=a_bid("DA-03", provider="halcyon"),
            screening=against(
                "DA-03",
                Standing.EXCLUDED,
                reply="We help people everywhere.",
                decided_by="Jo Merrow",
                decided_at=NOON,
                decision_reason="The reply confirms the facts.",
            ),
        ),
        a_dossier(
            "AD-01",
            provider_name="Marram & Partners <West>",
            service_name="Two sexual violence advisers",
            bid=a_bid("AD-01", provider="marram", stream="isva", request="90000.00", years=("45000.00", "45000.00")),
            judgement=judged("include", 2),
            decision=decided("include", 2),
        ),
        a_dossier(
            "AD-02",
            provider_name="Saltmarsh Sisters",
            service_name="Advisers for young people",
            bid=a_bid("AD-02", provider="saltmarsh", stream="isva", request="", years=("40000.00", "")),
            judgement=judged("include", 3),
            decision=decided("include", 3),
        ),
        a_dossier(
            "DA-04",
            provider_name="Saltmarsh Sisters",
            judgement=judged("not include", None),
            decision=decided("not include", None),
            bid=a_bid("DA-04", provider="saltmarsh"),
        ),
        a_dossier("DA-05", provider_name="Fernlea", bid=a_bid("DA-05", provider="fernlea", withdrawn=True)),
        a_dossier(
            "DA-06",
            provider_name="Quayside Trust for Women",
            bid=a_bid("DA-06", received=None),
            screening=against("DA-06", reply_due=datetime(2021, 3, 2, 16, 0, tzinfo=UTC)),
            strategy=StrategyScore(bid="DA-06", links=(), score=None, steps=()),
        ),
    )


def an_assessment() -> NeedsAssessment:
    def seen(
        id: str, area: str, cohort: str, measure: str, value: str | None, *, state: State, **more: str
    ) -> Observation:
        base = {"unit": "people a year", "period": "2020-21", "source": "Anyshire County Council return"}
        return Observation.model_validate(
            {
                "id": id,
                "area": area,
                "cohort": cohort,
                "measure": measure,
                "value": value,
                "state": state,
                **base,
                **more,
            }
        )

    return NeedsAssessment(
        title="Countywide assessment of need",
        as_at=date(2021, 2, 20),
        areas=(
            Area(id="northam", name="Northam", gss="E07000001"),
            Area(id="southam", name="Southam", gss="E07000002"),
            Area(id="anyshire", name="Anyshire", gss="E10000001"),
        ),
        cohorts=(
            Named(id="women", name="women"),
            Named(id="south_asian_women", name="South Asian women", priority=True),
            Named(id="all", name="everyone"),
        ),
        services=(Named(id="idva", name="domestic abuse advisers"), Named(id="outreach", name="outreach")),
        observations=(
            seen(
                "o1",
                "anyshire",
                "all",
                "usual residents",
                "1198800",
                state=State.PUBLISHED,
                unit="people",
                period="Census 2021",
                source="Office for National Statistics",
            ),
            seen(
                "o2",
                "northam",
                "all",
                "usual residents",
                "89500",
                state=State.PUBLISHED,
                unit="people",
                period="Census 2021",
                source="Office for National Statistics",
            ),
            seen("o3", "northam", "women", "need", "220", state=State.ILLUSTRATIVE, service="idva", qualifier="about"),
            seen(
                "o4",
                "southam",
                "south_asian_women",
                "need",
                None,
                state=State.MISSING,
                service="outreach",
                source="the county council",
            ),
            seen("o5", "northam", "women", "provision", "150", state=State.CONFLICT, service="idva"),
        ),
        policy=NeedsPolicy(
            caseloads={"idva": Decimal(70)},
            tier_at=Decimal(".5"),
            tier_weight=Decimal("1.25"),
            priority_weight=Decimal("1.5"),
            segments=((Decimal(".5"), Decimal(1)),),
            bands=((Decimal("1.25"), 5),),
            basis="The published method.",
            illustrative="Caseloads are illustrative.",
        ),
    )


def a_strategy() -> Strategy:
    wording = Priority(
        id="p1",
        wording="No victim is left behind",
        weight=Decimal(1),
        counts_as_evidence="a named route",
        source="tender principles of 2017",
    )
    return Strategy(id="victims", title="Victims strategy", status="not obtained", priorities=(wording,))


OPEN_ITEMS = (
    OpenItem(
        what="Referred: the share of the money spent in the county.", owner="Chief Executive (Jo Merrow)", bid="DA-02"
    ),
    OpenItem(
        what="Sign-off is still open.",
        owner="Chief Finance Officer (Lee Castell)",
        due=datetime(2021, 3, 3, 12, 0, tzinfo=UTC),
    ),
)
SIGNATURES = (
    Signature(role="Chief Executive", holder="Jo Merrow", state="signed", name="Jo Merrow", at=NOON),
    Signature(role="Chief Finance Officer", holder="Lee Castell", state="absent", reason="on leave until 8 March"),
    Signature(role="Commissioner", holder="", state="open"),
)
