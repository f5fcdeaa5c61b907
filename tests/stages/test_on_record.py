"""What people say of a bid stands beside the original; any act can be set aside and back; what was erased is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from office import ALDER, MONDAY, ROUND, Office, bid, busy_office, mail, papers, pdf, word


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


def answer(office: Office, number: str, question: str) -> dict[str, Any]:
    answers = office.dossiers()[number]["bid"]["answers"]
    found: dict[str, Any] = next(each for each in answers if each["question"] == question)
    return found


def cell(office: Office, number: str, question: str, row: str, column: str) -> dict[str, Any]:
    rows = answer(office, number, question)["value"]["rows"]
    cells = next(each["cells"] for each in rows if each["id"] == row)
    found: dict[str, Any] = next(each for each in cells if each["column"] == column)
    return found


def codes(office: Office, number: str) -> list[str]:
    return [each["code"] for each in office.dossiers()[number]["findings"]]


def last(office: Office, kind: str) -> int:
    number: int = office.acts(kind)[-1]["number"]
    return number


# Corrections and clarifications


def test_a_correction_stands_beside_what_the_form_says_and_settles_its_findings(office: Office) -> None:
    assert "sum-disagrees" in codes(office, "B03")
    why = ("--reason", "read with the provider on the telephone")
    office.run("correct", ROUND, "B03", "--question", "total_requested", "--text", "24000", *why, code=3)
    corrected = answer(office, "B03", "total_requested")
    assert (corrected["raw"], corrected["original"], corrected["method"]) == ("24000", "twelve thousand", "correction")
    total = ("--question", "budget", "--row", "total", "--column", "total", "--text", "24000")
    office.run("clarify", ROUND, "B03", *total, "--reason", "e-mail of 1 March")
    assert cell(office, "B03", "budget", "total", "total")["raw"] == "24000"
    assert "25000" in answer(office, "B03", "budget")["original"]
    assert "sum-disagrees" not in codes(office, "B03")


def test_a_clarification_can_name_the_file_it_stands_in(office: Office) -> None:
    office.run("receive", ROUND, office.put("reply.eml", mail(sender="casey@cedar.example", body="It is 24000.")))
    total = ("--question", "total_requested", "--text", "24000", "--file", "reply.eml")
    office.run("clarify", ROUND, "B03", *total, code=3)
    kept = next(act["act"]["files"][0]["sha256"] for act in office.acts("received") if act["subject"] == "D06")
    assert office.acts("clarified")[0]["act"]["file"] == kept


def test_a_row_that_the_table_did_not_have_can_be_added(office: Office) -> None:
    why = ("--reason", "on the second page of the e-mail")
    office.run(
        "correct", ROUND, "B01", "--question", "posts", "--row", "1", "--column", "role", "--text", "IDVA", *why, code=3
    )
    assert cell(office, "B01", "posts", "1", "role")["raw"] == "IDVA"


def test_a_correction_of_an_earlier_version_is_not_carried_to_a_corrected_one(office: Office) -> None:
    why = ("--reason", "in words on the form")
    office.run("correct", ROUND, "B01", "--question", "service_name", "--text", "Alder advisers", *why)
    office.run("receive", ROUND, office.put("Alder 2.docx", word(bid(ALDER, service_name="Alder two"))))
    office.run("assign", ROUND, "accept", *office.numbers())
    assert answer(office, "B01", "service_name")["raw"] == "Alder two"
    office.run("correct", ROUND, "B01", "--question", "service_name", "--text", "Alder Two", *why)
    first = ("Alder House form.docx", "--bid", "B01", "--reason", "they withdrew the second version")
    office.run("assign", ROUND, "form", *first)
    assert answer(office, "B01", "service_name")["raw"] == "Alder advisers"


def test_saying_again_that_a_file_is_the_form_keeps_what_was_corrected_in_it(office: Office) -> None:
    why = ("--reason", "in words on the form")
    office.run("correct", ROUND, "B01", "--question", "service_name", "--text", "Alder advisers", *why)
    office.run("assign", ROUND, "form", "Alder House form.docx", "--bid", "B01", "--stream", "isva", *why)
    assert office.dossiers()["B01"]["bid"]["stream"] == "isva"
    assert answer(office, "B01", "service_name")["raw"] == "Alder advisers"


def test_a_form_that_cannot_be_read_can_be_typed_in(office: Office) -> None:
    office.run("receive", ROUND, office.put("Hazel.pdf", pdf("the form of Hazel House, scanned")))
    hazel = ("--provider", "Hazel House", "--stream", "idva", "--reason", "the form as a PDF; seen")
    office.run("assign", ROUND, "form", "Hazel.pdf", *hazel)
    assert codes(office, "B06") == ["not-read"]
    assert "could not be read. PDF" in office.dossiers()["B06"]["findings"][0]["message"]
    why = ("--reason", "page 1 of the scan")
    office.run("correct", ROUND, "B06", "--question", "organisation_name", "--text", "Hazel House", *why)
    assert answer(office, "B06", "organisation_name")["value"]["text"] == "Hazel House"
    assert office.dossiers()["B06"]["provider_name"] == "Hazel House"
    assert "not-read" in codes(office, "B06")
    assert len(codes(office, "B06")) > 10


def test_passages_are_settled_by_a_person_who_read_them(office: Office) -> None:
    assert "Please find our bid attached." in office.run("show", ROUND, "B01", "--unplaced").out
    office.run("correct", ROUND, "B01", "--passages-read", "--reason", "a greeting")
    assert "Every fragment of the form is placed" in office.run("show", ROUND, "B01", "--unplaced").out
    assert "Please find our bid attached." in office.run("show", ROUND, "B02", "--unplaced").out


# Setting aside


def everything(office: Office) -> None:
    """One act of every kind that a person can do."""
    why = ("--reason", "a reason of some length, so that it holds where one of fifty characters is asked for")
    file = office.put("again.docx", word(bid(ALDER)))
    office.run("receive", ROUND, file, office.put("scan.pdf", pdf("a letter")))
    for words in (
        ("assign", ROUND, "accept", "--all"),
        ("assign", ROUND, "annex", "scan.pdf", "--bid", "B01"),
        ("assign", ROUND, "time", "D06", "2021-02-26T15:00", *why),
        ("assign", ROUND, "extend", "--until", "2021-02-27T12:00", "--provider", "Dogwood Centre", *why),
        ("assign", ROUND, "late", "B04", "--accept", *why),
        ("assign", ROUND, "withdraw", "B03", *why),
        ("correct", ROUND, "B01", "--question", "service_name", "--text", "Other", *why),
        ("correct", ROUND, "B01", "--passages-read", *why),
        ("clarify", ROUND, "B01", "--question", "summary", "--text", "Other words"),
        ("screen", ROUND, "reply", "B02", "--text", "We differ."),
        ("screen", ROUND, "decide", "B02", "--eligible", *why),
        ("assess", ROUND, "confidence", "B01", "stevenage/women/idva", "1", "--place", "x", *why),
        ("assess", ROUND, "link", "B01", "cope", "--level", "full", "--place", "x", *why),
        ("assess", ROUND, "interest", "Robin Ashdale", "opcc"),
        ("decide", ROUND, "bid", "B01", "include", "--priority", "1", *why),
        ("decide", ROUND, "sign", "chief_executive", "--name", "Owen Hartsby"),
        ("report", ROUND),
        ("sent", ROUND, "panel-report", "--to", "the Commissioner"),
    ):
        office.run(*words, now=MONDAY, code=None)


def put_to_providers(office: Office) -> None:
    """Every letter issued and sent."""
    for letter in office.run("queries", ROUND, "--json", now=MONDAY).json:
        office.run("sent", ROUND, letter["document"], "--to", "the provider", now=MONDAY)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = busy_office(tmp_path_factory.mktemp("full"))
    put_to_providers(office)
    everything(office)
    return office


def test_every_kind_of_act_is_among_those_set_aside_here(full: Office) -> None:
    kinds = {act["kind"] for act in full.acts()}
    assert kinds == {
        *("froze", "issued", "received", "time stated", "assigned", "annex assigned", "put aside", "withdrew"),
        *("extended", "late decided", "corrected", "clarified", "passages read", "replied", "screening decided"),
        *("confidence confirmed", "link confirmed", "interest declared", "decided", "signed", "sent"),
    }


def test_any_act_can_be_set_aside_and_back_and_nothing_crashes(full: Office) -> None:
    before, acts = full.dossiers(MONDAY), full.acts()
    last_of = {act["kind"]: act["number"] for act in acts}
    first_of = {act["kind"]: act["number"] for act in reversed(acts)}
    next_act = acts[-1]["number"] + 1
    for number in sorted({*last_of.values(), first_of["received"], first_of["assigned"]}):
        full.run("set-aside", ROUND, number, "--reason", "to see what follows", now=MONDAY)
        assert full.run("status", "--json", now=MONDAY).json[0]["round"] == ROUND
        full.run("set-aside", ROUND, next_act, "--reason", "it stands after all", now=MONDAY)
        next_act += 2
    assert full.dossiers(MONDAY) == before
    assert "Intact" in full.run("verify").out


def test_an_act_set_aside_no_longer_counts(office: Office) -> None:
    office.run("assign", ROUND, "withdraw", "B03", "--reason", "e-mail of 1 March")
    office.run("set-aside", ROUND, last(office, "withdrew"), "--reason", "it was about another bid")
    assert not office.dossiers()["B03"]["bid"]["withdrawn"]
    again = office.run("set-aside", ROUND, last(office, "withdrew"), "--reason", "once more", code=1)
    assert "was set aside already" in again.err


def test_a_bid_whose_delivery_was_set_aside_says_so_and_is_not_shown_as_read(office: Office) -> None:
    office.run("set-aside", ROUND, next(each["number"] for each in office.acts("received")), "--reason", "not ours")
    findings = office.dossiers()["B01"]["findings"]
    assert "D01, in which the form of B01 came, is no longer on record." in findings[0]["message"]
    office.run("pack", ROUND, "--provisional", now=MONDAY)


# Erasing


def test_an_erased_act_is_gone_and_what_follows_from_it_too(office: Office) -> None:
    text = "Casey's own mobile number, typed here by mistake"
    office.run("clarify", ROUND, "B01", "--question", "summary", "--text", text)
    number = last(office, "clarified")
    office.run("erase", ROUND, "--act", number, "--reason", "data subject request 7")
    assert answer(office, "B01", "summary")["raw"] == "Two advisers for women at high risk in Stevenage."
    assert text.encode() not in (office.root / "commissioning.db").read_bytes()
    assert "Intact" in office.run("verify").out
    assert "erased already" in office.run("erase", ROUND, "--act", number, "--reason", "x", code=1).err
    assert "does not come back" in office.run("set-aside", ROUND, number, "--reason", "x", code=1).err


def test_the_erased_record_of_a_delivery_is_said_where_its_bid_is_shown(office: Office) -> None:
    office.run("erase", ROUND, "--act", office.acts("received")[0]["number"], "--reason", "data subject request 7")
    assert "no longer on record" in office.dossiers()["B01"]["findings"][0]["message"]
    office.run("receive", ROUND, office.put("Fern.docx", word(bid("Fern House"))))
    assert office.acts("received")[-1]["subject"] == "D06"


def test_an_erased_original_is_gone_and_nothing_crashes(office: Office, tmp_path: Path) -> None:
    office.run("pack", ROUND, "--provisional", now=MONDAY)
    office.run("erase", ROUND, "--delivery", "D01", "--reason", "not for this round; the provider asked")
    assert not list((office.root / "submissions" / ROUND / "received").rglob("alder.eml"))
    assert "The form of B01 was erased" in office.dossiers()["B01"]["findings"][0]["message"]
    assert b"Two advisers" not in office.run("show", ROUND, "B01").out.encode()
    office.run("read", ROUND, code=3)
    assert office.run("assign", ROUND, "--json").json == []
    assert "Intact" in office.run("verify").out
    office.issued("pack-v1/bids/B02.docx").unlink()
    office.issued("pack-v1/cover.docx").unlink()
    ran = office.run("run", ROUND, now=MONDAY, code=3)
    assert "cover.docx is gone and cannot be made again the same" in ran.said
    assert "B02.docx" in ran.said
    assert office.run("pack", ROUND, "--provisional", now=MONDAY).out.startswith("Nothing new: pack v2")
    office.run("backup", tmp_path / "copy.zip")
    office.run("restore", tmp_path / "copy.zip", tmp_path / "again")
    assert "Intact" in Office(tmp_path / "again").run("verify").out
    assert "erased already" in office.run("erase", ROUND, "--delivery", "D01", "--reason", "x", code=13).err


def test_a_file_that_came_twice_is_erased_in_both_places_or_in_none(office: Office) -> None:
    again = mail(sender="casey@alder.example", subject="Once more", files={"Alder.docx": word(bid(ALDER))})
    office.receive(office.put("again.eml", again))
    refused = office.run("erase", ROUND, "--delivery", "D01", "--reason", "x", code=13)
    assert "Alder House form.docx also came in D06" in refused.err
    office.run("erase", ROUND, "--delivery", "D01", "--delivery", "D06", "--reason", "the provider asked")
    assert codes(office, "B01")[0] == "not-read"


def test_what_was_erased_may_come_again(office: Office) -> None:
    office.run("erase", ROUND, "--delivery", "D01", "--reason", "the provider asked")
    files = {"Alder House form.docx": word(bid(ALDER)), **papers(ALDER)}
    office.run("receive", ROUND, office.put("again.eml", mail(sender="casey@alder.example", files=files)))
    office.run(
        "assign", ROUND, "form", "Alder House form.docx", "--delivery", "D06", "--bid", "B01", "--reason", "again"
    )
    assert "not-read" not in codes(office, "B01")
    assert "Two advisers" in office.run("show", ROUND, "B01").out
