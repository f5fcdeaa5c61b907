"""A recommended exclusion is put to the provider, who may reply; then a named person decides, and says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from office import BEECH, ROUND, Office, busy_office, words_of

HEARD = "2021-03-02T13:00"
"""The end of twelve working hours from Monday 1 March at 09:00."""
ENOUGH = "Its Stevenage refuge is run by local staff; the lease and the rota were seen on 2 March."
PUT = ("queries", ROUND, "--only", "queries/beech-line")
SENT = ("sent", ROUND, "queries/beech-line", "--to", "casey@beech.example")
EXCLUDE = ("screen", ROUND, "decide", "B02", "--exclude", "--reason", "a national helpline; no reply came")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


def screening(office: Office, number: str = "B02", now: str = HEARD) -> dict[str, Any]:
    found: dict[str, Any] = office.run("screen", ROUND, "show", number, "--json", now=now).json
    return found


def put(office: Office) -> None:
    office.run(*PUT, now="2021-02-26T16:30")
    office.run(*SENT, now="2021-03-01T09:00")


def test_the_queries_document_puts_the_exclusion_with_its_rule_and_the_right_to_reply(office: Office) -> None:
    office.run(*PUT, now="2021-02-26T16:30")
    text = words_of(office.issued("queries/beech-line-v1.docx"))
    assert BEECH in text
    assert "open to anyone in the country on the same terms" in text
    assert "2 March 2021" in text


def test_the_clock_of_the_right_to_reply_starts_when_it_is_sent_not_when_it_is_made(office: Office) -> None:
    office.run(*PUT, now="2021-02-26T10:00")
    assert screening(office)["standing"] == "recommended exclusion, not yet put to the provider"
    assert screening(office)["reply_due"] is None
    office.run(*SENT, now="2021-03-01T09:00")
    assert screening(office)["reply_due"].startswith("2021-03-02T13:00")


def test_only_the_first_sending_counts(office: Office) -> None:
    put(office)
    office.run(*SENT, now="2021-03-02T09:00")
    assert screening(office)["reply_due"].startswith("2021-03-02T13:00")


@pytest.mark.parametrize(
    ("now", "code", "standing"),
    [("2021-03-02T12:59", 1, "exclusion put, awaiting"), ("2021-03-02T13:00", 0, "excluded")],
)
def test_nobody_can_exclude_before_the_provider_could_reply(office: Office, now: str, code: int, standing: str) -> None:
    put(office)
    said = office.run(*EXCLUDE, now=now, code=code).said
    assert ("The provider had the right to reply until 2 March 2021 at 13:00" in said) == bool(code)
    if not code:
        assert screening(office)["standing"] == standing


def test_nobody_can_exclude_what_was_never_put(office: Office) -> None:
    assert "never put to the provider" in office.run(*EXCLUDE, now="2021-03-03T09:00", code=1).err
    assert screening(office)["decided_by"] == ""


def make_late(office: Office, now: str) -> None:
    """Beech Line's delivery turns out to have come after the deadline: a second ground against B02."""
    office.run("assign", ROUND, "time", "D02", "2021-02-27T09:00", "--reason", "the server's log", now=now)


def test_an_issued_queries_document_records_each_ground_it_puts(office: Office) -> None:
    office.run(*PUT, now="2021-02-26T10:00")
    make_late(office, "2021-03-01T09:00")
    office.run(*PUT, now="2021-03-01T09:30")
    options = [each["act"]["options"] for each in office.acts("issued") if each["act"]["document"] == PUT[-1]]
    assert [each["exclusion"] for each in options] == [
        "B02 national_test/R3",
        "B02 received_on_time/received_on_time; B02 national_test/R3",
    ]


def test_nobody_can_exclude_on_a_ground_that_came_after_the_exclusion_was_put(office: Office) -> None:
    put(office)
    make_late(office, "2021-03-02T13:30")
    after = "2021-03-02T14:00"
    assert screening(office, now=after)["standing"] == "recommended exclusion, not yet put to the provider"
    assert "never put to the provider" in office.run(*EXCLUDE, now=after, code=1).err
    office.run(*PUT, now=after)
    office.run(*SENT, now="2021-03-02T15:00")
    assert screening(office, now=after)["standing"] == "recommended exclusion, awaiting the provider's reply"
    again = screening(office, now="2021-03-03T12:00")
    assert again["reply_due"] > "2021-03-03T12:00"
    office.run(*EXCLUDE, now=again["reply_due"][:16])
    assert screening(office, now="2021-03-05T16:00")["standing"] == "excluded"


def test_a_decision_on_one_ground_lapses_when_another_comes(office: Office) -> None:
    put(office)
    office.run("screen", ROUND, "decide", "B02", "--eligible", "--reason", ENOUGH, now=HEARD)
    answers = office.acts("screening decided")[0]["act"]["answers"]
    assert answers == ["national_test:R3:recommended exclusion"]
    make_late(office, "2021-03-02T13:30")
    found = screening(office, now="2021-03-02T14:00")
    assert found["standing"] == "recommended exclusion, not yet put to the provider"
    assert "recommended exclusion under received_on_time" in found["lapsed"]


def test_a_reply_ends_the_wait(office: Office) -> None:
    put(office)
    office.run("screen", ROUND, "reply", "B02", "--text", "We have no local project.", now="2021-03-01T15:00")
    office.run(*EXCLUDE, now="2021-03-01T15:30")
    assert screening(office)["standing"] == "excluded"
    assert screening(office)["reply"] == "We have no local project."
    assert screening(office)["decided_by"] == "A. Officer"


@pytest.mark.parametrize(("reason", "code"), [("x" * 49, 1), (" " * 60 + "x" * 49, 1), ("x" * 50, 0)])
def test_going_against_the_rule_needs_fifty_characters_of_reason(office: Office, reason: str, code: int) -> None:
    put(office)
    against = ("screen", ROUND, "decide", "B02", "--eligible", "--reason", reason)
    said = office.run(*against, now=HEARD, code=code).said
    assert ("needs a reason of 50 characters or more; this one has 49" in said) == bool(code)


def test_an_override_is_recorded_as_one_and_shows_the_like_cases(office: Office) -> None:
    put(office)
    said = office.run("screen", ROUND, "decide", "B02", "--eligible", "--reason", ENOUGH, now=HEARD).said
    assert "stands as eligible" in said
    assert "were like cases treated alike?" not in said
    assert screening(office)["overridden"]
    assert office.acts("screening decided")[0]["act"]["overrides"]
    shown = office.run("screen", ROUND, "show", "B02", now=HEARD).said
    assert f"Decided by A. Officer, against the rule: {ENOUGH}" in shown


def test_like_cases_are_those_under_the_same_rule(office: Office) -> None:
    late = ("screen", ROUND, "decide", "B04", "--eligible", "--reason", ENOUGH)
    office.run(
        "assign", ROUND, "time", "D02", "2021-02-27T09:00", "--reason", "the server's log", now="2021-03-01T09:00"
    )
    said = office.run(*late, now=HEARD).said
    assert "were like cases treated alike?" in said
    assert "B02" in said


def test_an_exclusion_is_reversed_by_a_later_word_and_the_earlier_stays_on_record(office: Office) -> None:
    put(office)
    office.run(*EXCLUDE, now=HEARD)
    office.run("screen", ROUND, "decide", "B02", "--eligible", "--reason", ENOUGH, now="2021-03-02T15:00")
    assert screening(office, now="2021-03-02T16:00")["standing"] == "eligible"
    assert len(office.acts("screening decided")) == 2


def test_a_decision_made_on_another_outcome_no_longer_holds_and_says_so(office: Office) -> None:
    office.run("screen", ROUND, "decide", "B05", "--eligible", "--reason", "its Stevenage lease was seen")
    why = ("--reason", "the contract says so")
    for question, text in (("open_everywhere", "Yes"), ("share_clients_local", "1%"), ("share_money_local", "1%")):
        office.run("correct", ROUND, "B05", "--question", question, "--text", text, *why)
    office.run("correct", ROUND, "B05", "--question", "share_posts_local", "--text", "0%", *why)
    declared = ("--question", "delivery_declared", "--text", "National: for people anywhere")
    office.run("correct", ROUND, "B05", *declared, *why)
    now = screening(office, "B05")
    assert now["outcome"] == "recommended exclusion"
    assert "does not hold" in now["lapsed"]
    assert now["standing"] != "eligible"


def test_a_bid_under_referral_included_provisionally_is_marked_so_wherever_it_stands(office: Office) -> None:
    why = ("--reason", "meets a need; its facts are being settled")
    office.run("decide", ROUND, "bid", "B05", "provisional", "--priority", "2", *why, now=HEARD)
    office.run("decide", ROUND, "bid", "B01", "include", "--priority", "1", "--reason", "meets a need", now=HEARD)
    office.run("pack", ROUND, "--provisional", now=HEARD)
    for name in ("schedule.xlsx", "panel-report.docx", "screening-log.docx", "cover.docx"):
        assert "provisional" in words_of(office.issued(f"pack-v1/{name}")).lower(), name
    rows = words_of(office.issued("pack-v1/schedule.xlsx")).splitlines()
    assert [row for row in rows if "B05" in row and "provisional" in row.lower()]
    assert not [row for row in rows if "B01" in row and "B05" not in row and "provisional" in row.lower()]
    cover = words_of(office.issued("pack-v1/cover.docx"))
    assert "B05" in cover
    assert "Referred" in cover
