"""Deliveries come in, and people say which file is the form of which bid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from office import (
    ALDER,
    DOGWOOD,
    MONDAY,
    ROUND,
    SEXUAL,
    Office,
    bid,
    busy_office,
    mail,
    new_office,
    pdf,
    word,
)

UNREADABLE = Path("/proc/self/mem")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


def kinds(office: Office) -> list[tuple[str, str]]:
    """What is proposed: the kind of act and the bid, or why not, in order."""
    return [
        (each["act"]["kind"], each["act"].get("bid") or each["act"]["why"]) if each["act"] else ("", each["why"])
        for each in office.run("assign", ROUND, "--json").json
    ]


def received(office: Office) -> dict[str, Any]:
    return {act["act"]["delivery"]: act["act"] for act in office.acts("received")}


def on_time(office: Office, number: str) -> str:
    verdicts = office.dossiers(MONDAY)[number]["screening"]["verdicts"]
    outcome: str = next(each["outcome"] for each in verdicts if each["condition"] == "received_on_time")
    return outcome


# What a delivery is


def test_mails_loose_files_and_the_files_of_a_folder_are_deliveries(office: Office) -> None:
    fern = {"Fern House form.docx": word(bid("Fern House")), "Latest accounts.pdf": pdf("accounts of Fern House")}
    office.put("post/fern.eml", mail(sender="casey@fern.example", files=fern))
    office.put("post/by hand/Gorse form.docx", word(bid("Gorse House")))
    office.put("post/by hand/Latest accounts.pdf", pdf("accounts of Gorse House"))
    loose = office.put("Hazel form.docx", word(bid("Hazel House")))
    office.run("receive", ROUND, office.root.parent / "inbox" / "post", loose)
    names = {number: [file["name"] for file in each["files"]] for number, each in received(office).items()}
    assert names["D06"] == ["fern.eml", "Fern House form.docx", "Latest accounts.pdf"]
    assert names["D07"] == ["Gorse form.docx", "Latest accounts.pdf"]
    assert names["D08"] == ["Hazel form.docx"]


def test_the_same_place_twice_writes_nothing(office: Office) -> None:
    before = office.tree()
    again = office.run("receive", ROUND, office.root.parent / "inbox")
    assert "alder.eml: registered already, as D01. Nothing was added." in again.said
    assert "0 deliveries registered." in again.said
    where_they_lie = office.root / "submissions" / ROUND / "received"
    assert "registered already" in office.run("receive", ROUND, where_they_lie).said
    assert office.tree() == before


def test_what_lies_in_received_already_stays_where_it_is(office: Office) -> None:
    there = office.root / "submissions" / ROUND / "received" / "saved" / "Fern.docx"
    there.parent.mkdir()
    there.write_bytes(word(bid("Fern House")))
    receipt = office.run("receive", ROUND, there.parent, "--json").json[0]
    assert receipt["files"][0]["path"] == "saved/Fern.docx"
    assert [each.name for each in there.parent.iterdir()] == ["Fern.docx"]


def test_the_same_bytes_in_two_deliveries_are_proposed_as_a_duplicate(office: Office) -> None:
    office.run("receive", ROUND, office.put("again.docx", word(bid(ALDER))))
    assert kinds(office) == [("put aside", "duplicate")]
    office.run("assign", ROUND, "accept", "--all")
    assert kinds(office) == []
    assert office.dossiers()["B01"]["bid"]["delivery"] == "D01"


def test_two_bids_in_one_mail_become_two_and_their_annex_needs_a_person(office: Office) -> None:
    files = {
        "Fern IDVA.docx": word(bid("Fern House")),
        "Fern ISVA.docx": word(bid("Fern House", SEXUAL)),
        "Latest accounts.pdf": pdf("accounts of Fern House"),
    }
    office.run("receive", ROUND, office.put("fern.eml", mail(sender="casey@fern.example", files=files)))
    proposed = kinds(office)
    assert proposed[:2] == [("assigned", "B06"), ("assigned", "B07")]
    assert "It came with B06 and B07: a person must say which it belongs to." in proposed[2][1]
    office.run("assign", ROUND, "accept", "--all")
    annex = ("annex", "Latest accounts.pdf", "--bid", "B07", "--proves", "accounts", "--delivery", "D06")
    office.run("assign", ROUND, *annex)
    assert [each["proves"] for each in office.dossiers()["B07"]["bid"]["annexes"]] == ["accounts"]
    assert kinds(office) == []


def test_a_corrected_version_is_proposed_as_one_and_needs_a_person(office: Office) -> None:
    office.run("receive", ROUND, office.put("Alder corrected.docx", word(bid(ALDER, summary="Three advisers."))))
    assert kinds(office) == [("assigned", "B01")]
    assert "0 files settled." in office.run("assign", ROUND, "accept", "--all").err
    office.run("assign", ROUND, "accept", *office.numbers())
    alder = office.dossiers()["B01"]["bid"]
    assert (alder["delivery"], alder["file_name"]) == ("D06", "Alder corrected.docx")
    assert "Three advisers." in office.run("show", ROUND, "B01", "--question", "summary").out
    assert len(alder["annexes"]) == 6


def test_a_proposal_keeps_its_number_while_a_colleague_settles_others(office: Office) -> None:
    for name in ("Fern House", "Gorse House", "Hazel House"):
        office.run("receive", ROUND, office.put(f"{name}.docx", word(bid(name))))
    fern, gorse, hazel = office.numbers()
    office.run("assign", ROUND, "accept", fern)
    assert office.numbers() == [gorse, hazel]
    office.run("assign", ROUND, "accept", gorse)
    assert {each["bid"]["provider"] for each in office.dossiers().values()} >= {"Fern House", "Gorse House"}
    assert "There is no proposal" in office.run("assign", ROUND, "accept", fern, code=13).err


def test_a_file_whose_name_begins_with_a_dot_is_received_and_what_systems_leave_is_not(office: Office) -> None:
    folder = office.put("inbox/.Fern hidden.docx", word(bid("Fern House"))).parent
    (folder / ".DS_Store").write_bytes(b"left by a computer")
    receipt = office.run("receive", ROUND, folder, "--json").json[0]
    assert [file["name"] for file in receipt["files"]] == [".Fern hidden.docx"]


def test_annexes_are_matched_to_what_they_prove(office: Office) -> None:
    proves = [each["proves"] for each in office.dossiers()["B01"]["bid"]["annexes"]]
    assert len(proves) == len(set(proves)) == 6


def test_a_proposal_that_builds_on_another_is_not_accepted_alone(office: Office) -> None:
    files = {"Fern House form.docx": word(bid("Fern House")), "Latest accounts.pdf": pdf("accounts of Fern House")}
    office.run("receive", ROUND, office.put("fern.eml", mail(sender="casey@fern.example", files=files)))
    form, accounts = office.numbers()
    alone = office.run("assign", ROUND, "accept", accounts, code=13)
    assert "Latest accounts.pdf is proposed for B06, whose form is not accepted yet." in alone.err
    office.run("assign", ROUND, "accept", accounts, form, form)
    assert len([act for act in office.acts("assigned") if act["subject"] == "B06"]) == 1


def test_a_number_once_given_is_not_given_again(office: Office) -> None:
    for kind, subject in (("received", "D05"), ("assigned", "B05")):
        number = next(act["number"] for act in office.acts(kind) if act["subject"] == subject)
        office.run("set-aside", ROUND, number, "--reason", "sent to us by mistake")
    office.run("receive", ROUND, office.put("Fern.docx", word(bid("Fern House"))))
    assert "D06" in received(office)
    assert kinds(office) == [("assigned", "B06")]
    office.run("assign", ROUND, "form", "Fern.docx", "--provider", "Fern", "--stream", "idva", "--reason", "seen")
    assert "B06" in office.dossiers()


# When it came


def test_the_time_is_the_receiving_servers_and_never_the_date(office: Office) -> None:
    sent = mail(sender="a@fern.example", received="2021-02-26T23:59:58+00:00", date="2021-02-01T09:00:00+00:00")
    office.run("receive", ROUND, office.put("fern.eml", sent))
    assert received(office)["D06"]["received"] == "2021-02-26T23:59:58Z"
    assert "mx.herts-opcc.example" in received(office)["D06"]["received_from"]


@pytest.mark.parametrize("how", [{"received": ""}, {"server": "mx.elsewhere.example"}], ids=["no line", "not ours"])
def test_a_mail_without_the_offices_own_line_has_no_known_time(office: Office, how: dict[str, str]) -> None:
    content = mail(
        sender="a@fern.example", files={"Fern.docx": word(bid("Fern House", documents_explained="later"))}, **how
    )
    said = office.receive(office.put("fern.eml", content)).said
    assert "not known: a person must say" in said
    assert on_time(office, "B06") == "refer"
    why = ("--reason", "the mail server's log, read with the administrator")
    office.run("assign", ROUND, "time", "D06", "2021-02-26T16:10", *why, now=MONDAY)
    assert on_time(office, "B06") == "eligible"
    assert office.dossiers()["B06"]["bid"]["received_from"].startswith("stated by A. Officer")


def test_the_time_of_a_file_is_shown_and_never_used(office: Office) -> None:
    said = office.receive(office.put("Fern.docx", word(bid("Fern House")))).said
    assert "(shown only, never used)" in said
    assert office.dossiers()["B06"]["bid"]["received"] is None


@pytest.mark.parametrize(
    ("instant", "outcome"),
    [("2021-02-26T23:59:59+00:00", "eligible"), ("2021-02-27T00:00:00+00:00", "recommended exclusion")],
)
def test_a_bid_is_late_to_the_second(office: Office, instant: str, outcome: str) -> None:
    content = mail(sender="a@fern.example", received=instant, files={"Fern.docx": word(bid("Fern House"))})
    office.receive(office.put("fern.eml", content), now=MONDAY)
    assert on_time(office, "B06") == outcome


@pytest.mark.parametrize("name", [DOGWOOD, "dogwood  CENTRE", ""], ids=["as written", "spelt otherwise", "everybody"])
def test_more_time_reaches_the_provider_it_was_given_to_however_it_is_spelt(office: Office, name: str) -> None:
    assert on_time(office, "B04") == "recommended exclusion"
    until = ("--until", "2021-02-27T00:01", "--reason", "the office's server was down")
    office.run("assign", ROUND, "extend", *(("--provider", name) if name else ()), *until, now=MONDAY)
    assert on_time(office, "B04") == "eligible"


def test_more_time_for_one_is_not_for_another_and_says_when_nobody_has_that_name(office: Office) -> None:
    until = ("--until", "2021-02-28T12:00", "--reason", "bereavement")
    said = office.run("assign", ROUND, "extend", "--provider", "Hazel House", *until, now=MONDAY).said
    assert "No bid is Hazel House's yet." in said
    assert on_time(office, "B04") == "recommended exclusion"
    content = mail(
        sender="a@hazel.example", received="2021-02-28T11:59:00+00:00", files={"h.docx": word(bid("Hazel House"))}
    )
    office.receive(office.put("hazel.eml", content), now=MONDAY)
    assert on_time(office, "B06") == "eligible"


@pytest.mark.parametrize(("word_", "outcome"), [("--accept", "eligible"), ("--refuse", "recommended exclusion")])
def test_a_late_bid_is_accepted_or_refused_by_a_named_person(office: Office, word_: str, outcome: str) -> None:
    why = ("--reason", "its first e-mail bounced at 23:40; the bounce was seen")
    office.run("assign", ROUND, "late", "B04", word_, *why, now=MONDAY)
    assert on_time(office, "B04") == outcome
    verdicts = office.dossiers(MONDAY)["B04"]["screening"]["verdicts"]
    assert "A. Officer" in next(each["reason"] for each in verdicts if each["condition"] == "received_on_time")


def test_a_withdrawn_bid_stays_on_record_and_is_asked_nothing(office: Office) -> None:
    office.run("assign", ROUND, "withdraw", "B03", "--reason", "e-mail of 1 March")
    assert office.dossiers()["B03"]["bid"]["withdrawn"]
    assert "(withdrawn)" in office.run("show", ROUND).out
    assert "cedar-trust" not in office.run("queries", ROUND).out


@pytest.mark.skipif(not UNREADABLE.exists(), reason="needs Linux's /proc, which has a file that nobody can read")
def test_one_file_that_cannot_be_opened_is_said_and_the_rest_is_kept(office: Office) -> None:
    said = office.run("receive", ROUND, UNREADABLE, office.put("Fern.docx", word(bid("Fern House"))), code=3).said
    assert "it cannot be opened" in said
    assert [file["name"] for file in received(office)["D06"]["files"]] == ["Fern.docx"]


def test_before_the_form_is_issued_what_comes_can_be_kept_but_nothing_goes_out(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    office.receive(office.put("Fern.docx", word(bid("Fern House"))))
    assert "Issue it first: commissioning form da-sa-2021." in office.run("pack", ROUND, "--provisional", code=13).err
