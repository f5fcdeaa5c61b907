"""One story for each command, each exit code for real, and every mistake of somebody new answered in a sentence."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import click
import pytest

from commissioning.cli import cli
from commissioning.errors import ExitCode
from office import ALDER, MONDAY, ROUND, Office, bid, busy_office, mail, new_office, word

WIDE = 80


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


# Each command, once, as somebody would use it


def test_init_makes_a_workspace_that_shows_what_is_next(tmp_path: Path) -> None:
    outside = Office(tmp_path)
    made = outside.run("init", tmp_path / "office")
    assert "office is ready" in made.said
    assert f"Next: issue the form: commissioning form {ROUND}" in Office(tmp_path / "office").run().out
    outside.run("init", tmp_path / "office", code=14)


def test_rounds_lists_each_round_with_its_deadlines(office: Office) -> None:
    assert ROUND in office.run("rounds").out
    assert office.run("rounds", "--json").json[0]["round"] == ROUND


def test_a_round_with_faults_is_still_listed(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    (office.root / "assessments" / ROUND / "round.yaml").write_text("id: da-sa-2021\nid: twice\n", encoding="utf-8")
    assert "fault" in office.run("rounds").out
    home = office.run("status")
    assert "fault" in home.err
    assert "There is no round here yet" not in home.out


def test_round_says_what_the_files_mean_and_which_times_are_made_up(office: Office) -> None:
    said = office.run("round", ROUND).said
    assert "no faults found" in said
    assert "the file gives no time, so the end of the day is taken" in said
    assert "illustrative" in said
    assert office.run("round", ROUND, "--json").json["id"] == ROUND


def test_form_is_issued_once_and_freezes_the_round(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    assert "would be issued" in office.run("form", ROUND, "--dry-run").out
    first = office.run("form", ROUND, "--json").json
    assert (first["version"], first["is_new"]) == (1, True)
    assert "nothing new" in office.run("form", ROUND).said
    assert [act["kind"] for act in office.acts()] == ["froze", "issued"]


def test_preflight_says_what_a_draft_lacks_and_stores_nothing(office: Office) -> None:
    draft = office.put("draft.docx", word(bid("Fern House", summary="", total_requested="twelve thousand")))
    before = office.tree()
    said = office.run("preflight", draft, "--round", ROUND, code=3).said
    assert "this round's form" in said
    assert "twelve thousand" in said
    found = office.run("preflight", draft, "--round", ROUND, "--json", code=3).json
    assert {each["question"] for each in found[0]["reading"]["findings"]} >= {"summary", "total_requested"}
    assert office.tree() == before


def test_receive_gives_a_receipt_with_the_whole_hash_and_the_time(office: Office) -> None:
    file = office.put("fern.eml", mail(sender="casey@fern.example", files={"Fern House form.docx": word(bid("Fern"))}))
    receipt = office.run("receive", ROUND, file, "--json").json[0]
    assert receipt["delivery"] == "D06"
    assert receipt["received"] == "2021-02-25T11:02:07Z"
    shown = busy_office(office.root.parent / "again").run("receive", ROUND, file)
    assert "received 25 February 2021 at 11:02" in shown.out
    assert all(each["sha256"] in shown.out for each in receipt["files"])
    assert "1 delivery registered." in shown.err


def test_assign_lists_what_is_proposed_and_records_what_a_person_accepts(office: Office) -> None:
    office.run("receive", ROUND, office.put("Fern House form.docx", word(bid("Fern House"))))
    offered = office.run("assign", ROUND, "--json").json
    assert [(each["act"]["kind"], each["act"]["bid"]) for each in offered] == [("assigned", "B06")]
    assert "form of B06" in office.run("assign", ROUND).said
    assert "1 file settled." in office.run("assign", ROUND, "accept", *office.numbers()).err
    assert office.run("assign", ROUND, "--json").json == []


def test_read_reads_only_what_is_new(office: Office) -> None:
    assert "0 read now" in office.run("read", ROUND, code=3).said
    office.run("receive", ROUND, office.put("Fern House form.docx", word(bid("Fern House"))))
    assert "1 read now" in office.run("read", ROUND, code=3).said
    assert "Fern House form.docx" in [each["name"] for each in office.run("read", ROUND, "--json", code=3).json]


def test_show_gives_every_answer_with_its_place(office: Office) -> None:
    assert ALDER in office.run("show", ROUND).out
    shown = office.run("show", ROUND, "B01").said
    assert "24000" in shown
    assert "table 15" in shown
    assert office.run("show", ROUND, "B01", "--json").json["provider_name"] == ALDER
    one = office.run("show", ROUND, "B01", "--question", "5.1").said
    assert "24000" in one
    assert "Two advisers" not in one
    assert "alder.eml, line 1" in office.run("show", ROUND, "B01", "--unplaced").out


def test_a_long_answer_is_shown_short_in_the_list_and_whole_when_asked_for(office: Office) -> None:
    words = " ".join(f"word{number}" for number in range(200))
    office.run("correct", ROUND, "B01", "--question", "summary", "--text", words, "--reason", "read from the scan")
    listed, whole = (
        office.run("show", ROUND, "B01").said,
        office.run("show", ROUND, "B01", "--question", "summary").said,
    )
    assert "--question summary shows all" in listed
    assert "word199" not in listed
    assert "word199" in whole
    assert "Two advisers" in whole


def test_correct_and_clarify_say_how_the_words_were_understood(office: Office) -> None:
    corrected = office.run(
        *("correct", ROUND, "B03", "--question", "5.1", "--text", "25000", "--reason", "in words on the form")
    )
    assert "total_requested is answered: “25000”" in corrected.said
    assert "The form says: “twelve thousand”" in corrected.said
    wrong = office.run("clarify", ROUND, "B03", "--question", "5.1", "--text", "lots", code=3)
    assert "lots" in wrong.err
    assert [act["kind"] for act in office.acts()][-2:] == ["corrected", "clarified"]


def test_queries_issues_one_document_for_each_provider_that_has_something_to_answer(office: Office) -> None:
    documents = [each["document"] for each in office.run("queries", ROUND, "--json").json]
    assert documents == ["queries/beech-line", "queries/cedar-trust", "queries/dogwood-centre"]
    assert "nothing new since this version" in office.run("queries", ROUND, "--only", "queries/cedar-trust").said
    assert "1 document." in office.run("queries", ROUND, "--only", "queries/cedar-trust").err


def test_screen_lists_shows_and_records_what_a_person_decides(office: Office) -> None:
    listed = office.run("screen", ROUND).said
    assert "2 eligible, 2 recommended exclusion, 1 refer." in listed
    assert "What would settle it" not in office.run("screen", ROUND, "show", "B01").out
    shown = office.run("screen", ROUND, "show", "B02").said
    assert "(R3)" in shown
    assert "England and Wales" in shown
    outcomes = [each["outcome"] for each in office.run("screen", ROUND, "--json").json]
    assert outcomes == ["eligible", "recommended exclusion", "eligible", "recommended exclusion", "refer"]
    settled = office.run("screen", ROUND, "decide", "B05", "--eligible", "--reason", "Its Stevenage lease was seen.")
    assert "stands as eligible" in settled.said
    assert office.run("screen", ROUND, "show", "B02", "--json").json["bid"] == "B02"
    reply = ("screen", ROUND, "reply", "B02", "--text", "We have a Hertfordshire project.")
    assert "No recommended exclusion of B02 was put to its provider" in office.run(*reply, code=13).err
    letters = [each["document"] for each in office.run("queries", ROUND, "--json").json]
    for letter in letters:
        office.run("sent", ROUND, letter, "--to", "the provider")
    assert "Say why, in words." in office.run(*reply[:-1], "  ", code=2).err
    office.run(*reply)
    assert "The provider replied" in office.run("screen", ROUND, "show", "B02").said


def test_needs_explains_a_bid_step_by_step(office: Office) -> None:
    assert ALDER in office.run("needs", ROUND).said
    assert "stevenage/women/idva" in office.run("needs", ROUND, "--explain", "B01").said
    assert len(office.run("needs", ROUND, "--json").json["bids"]) == 5


def test_assess_records_confidence_links_and_interests(office: Office) -> None:
    why = ("--reason", "named staff in the letter of 4 February")
    office.run("assess", ROUND, "confidence", "B01", "stevenage/women/idva", "1", "--place", "annex 1", *why)
    office.run("assess", ROUND, "link", "B01", "cope", "--level", "full", "--place", "4.6", *why)
    office.run("assess", ROUND, "interest", "Robin Ashdale", "opcc")
    office.run("assess", ROUND, "interest", "Priya Lockwell", "hcc", "--bid", "B01", "--interest", "trustee until 2019")
    alder = office.dossiers()["B01"]
    assert alder["strategy"]["unconfirmed"] == []
    assert [each["interest"] for each in alder["interests"]] == ["", "trustee until 2019"]
    assert "not judged yet" in office.run("assess", ROUND).said
    assert len(office.run("assess", ROUND, "--json").json) == 5
    assert "version 1" in office.run("assess", ROUND, "grid").said


def test_decide_and_sign_stand_on_the_list_of_decisions(office: Office) -> None:
    office.run("decide", ROUND, "bid", "B01", "include", "--priority", "1", "--reason", "meets the need in Stevenage")
    office.run("decide", ROUND, "bid", "B02", "not", "--reason", "nationally delivered")
    office.run("decide", ROUND, "sign", "chief_executive", "--name", "Owen Hartsby")
    office.run("decide", ROUND, "sign", "commissioner", "--absent", "--reason", "on leave; told by telephone")
    listed = office.run("decide", ROUND).said
    assert "Chief executive: signed by Owen Hartsby" in listed
    assert "Police and Crime Commissioner: absent" in listed
    first = office.run("decide", ROUND, "--json").json[0]["decision"]
    assert (first["outcome"], first["priority"], first["by"]) == ("include", 1, "A. Officer")
    assert "0 decisions recorded." in office.run("decide", ROUND, "from-grid").said


def test_a_decision_that_leaves_something_to_explain_is_recorded_and_says_so(office: Office) -> None:
    office.run("assign", ROUND, "withdraw", "B01", "--reason", "e-mail of 1 March")
    withdrawn = office.run("decide", ROUND, "bid", "B01", "include", "--reason", "the meeting said so")
    assert "B01 was withdrawn by its provider." in withdrawn.said
    assert "B01 has no place in the order of priority." in withdrawn.said
    referred = office.run(
        "decide", ROUND, "bid", "B05", "include", "--priority", "2", "--reason", "the meeting said so"
    )
    assert "Include it provisionally" in referred.said


def test_report_and_pack_are_versions_and_sent_records_what_a_person_sent(office: Office) -> None:
    assert office.run("report", ROUND, "--json").json["document"] == "panel-report"
    office.run("pack", ROUND, code=13)
    pack = office.run("pack", ROUND, "--provisional")
    assert "pack v1" in pack.out
    assert "items are still open" in pack.err
    assert "Nothing new: pack v1" in office.run("pack", ROUND, "--provisional").out
    sent = office.run("sent", ROUND, "pack", "--to", "Ministry of Justice", "--json").json
    assert (sent["document"], sent["version"], sent["to"]) == ("pack", 1, "Ministry of Justice")


def test_history_lists_every_act_and_marks_those_set_aside(office: Office) -> None:
    office.run("assign", ROUND, "withdraw", "B01", "--reason", "e-mail of 1 March")
    number = office.acts("withdrew")[0]["number"]
    office.run("set-aside", ROUND, number, "--reason", "it was another bid")
    assert "(set" in office.run("history", ROUND, "--about", "B01").out
    office.run("erase", ROUND, "--act", number, "--reason", "data subject request 7")
    assert "erased)" in office.run("history", ROUND, "--about", "B01").out
    assert office.run("verify", "--json").json["intact"]


def test_backup_and_restore_carry_the_record_and_the_originals(office: Office, tmp_path: Path) -> None:
    office.run("backup", tmp_path / "copy.zip")
    office.run("restore", tmp_path / "copy.zip", tmp_path / "again")
    again = Office(tmp_path / "again")
    assert again.run("verify").out == office.run("verify").out
    assert again.run("show", ROUND, "--json").json == office.run("show", ROUND, "--json").json


def test_run_does_what_can_be_done_and_says_who_must_act(office: Office) -> None:
    ran = office.run("run", ROUND, now=MONDAY, code=3)
    assert "Issued: panel-report v1" in ran.out
    assert "Issued: pack v1" in ran.out
    assert "Who must act" in ran.out
    again = office.run("run", ROUND, "--json", now=MONDAY, code=3).json
    assert [each["is_new"] for each in again["issued"]] == [False, False]
    assert again["survey"]["open_items"]


def test_run_before_the_form_or_any_bid_says_what_is_next(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    assert f"Next: issue the form: commissioning form {ROUND}" in office.run("run", ROUND).out
    office.run("form", ROUND)
    assert f"Next: register what arrives: commissioning receive {ROUND} PATH" in office.run("run", ROUND).out


def test_the_home_screen_counts_down_in_working_hours(office: Office) -> None:
    said = office.run(now="2021-02-26T16:00").said
    assert "Providers’ forms by 26 February 2021 at 23:59:59: 1 h 00 min of working time left." in said
    assert "3 March 2021 at 17:00 (illustrative time): 25 h 00 min of working time left." in said
    assert "passed" in office.run(now="2021-03-01T09:00").said
    assert office.run("--json").json[0]["round"] == ROUND


# Exit codes


def test_every_exit_code_of_the_help_is_reached(office: Office, tmp_path: Path) -> None:
    assert set(ExitCode) == {0, 1, 2, 3, 10, 11, 12, 13, 14}
    office.run("rounds", code=ExitCode.DONE)
    office.run("set-aside", ROUND, "999", "--reason", "x", code=ExitCode.ERROR)
    office.run("rounds", "--nonsense", code=ExitCode.USAGE)
    office.run("read", ROUND, code=ExitCode.FINDINGS)
    office.run("preflight", tmp_path / "absent.docx", "--round", ROUND, code=ExitCode.DOCUMENT)
    office.run("show", ROUND, "B99", code=ExitCode.EVIDENCE)
    (office.root / "templates" / "panel_report.docx").write_bytes(b"not a Word file")
    office.run("report", ROUND, code=ExitCode.TEMPLATE)
    office.root.joinpath("commissioning.db").write_bytes(b"not a store")
    office.run("show", ROUND, code=ExitCode.STORE)
    new = new_office(tmp_path / "new")
    (new.root / "assessments" / ROUND / "form.yaml").write_text("id: x\nfrom: y\n", encoding="utf-8")
    faults = new.run("round", ROUND, code=ExitCode.ROUND)
    assert "form.yaml" in faults.err


def test_a_broken_chain_is_named_by_verify(office: Office) -> None:
    with sqlite3.connect(office.root / "commissioning.db") as store:
        store.execute("DROP TRIGGER payload_no_update")
        store.execute("UPDATE payload SET json = replace(json, 'Alder House', 'Alder Hoax') WHERE entry > 2")
    store.close()
    broken = office.run("verify", code=14)
    assert "was altered" in broken.err
    assert not office.run("verify", "--json", code=14).json["intact"]


def test_an_original_that_was_altered_is_named_by_verify_and_by_nothing_hidden(office: Office) -> None:
    altered = next((office.root / "submissions" / ROUND / "received").rglob("alder.eml"))
    altered.chmod(0o644)
    altered.write_bytes(altered.read_bytes().replace(b"Our bid", b"Our bud"))
    assert "alder.eml: this original was altered" in office.run("verify", code=14).err


# Mistakes


MISTAKES = (
    (("recieve", ROUND, "x"), 2, "Did you mean “receive”?"),
    (("show", "nope"), 13, "There is no round “nope” here"),
    (("history", "nope"), 13, "There is no round “nope” here"),
    (("verify", "nope"), 2, "nope"),
    (("set-aside", "nope", "1", "--reason", "x"), 13, "There is no round “nope” here"),
    (("show", ROUND, "B99"), 13, "There is no bid “B99” in this round. Bids: B01, B02, B03, B04, B05."),
    (("show", ROUND, "B01", "--question", "nope"), 13, "The form asks no question “nope”. It asks: 1.1 organisation"),
    (("needs", ROUND, "--explain", "B99"), 13, "There is no bid “B99”"),
    (("queries", ROUND, "--only", "nope"), 13, "“nope” names nobody who has something to answer. There are: queries/"),
    (("set-aside", ROUND, "999", "--reason", "x"), 1, "has no act 999"),
    (("set-aside", ROUND, "one", "--reason", "x"), 2, "'one' is not a valid integer"),
    (("erase", ROUND, "--reason", "x"), 2, "Name what to erase"),
    (("erase", ROUND, "--delivery", "D99", "--reason", "x"), 13, "no delivery “D99”. There are: D01, D02"),
    (("erase", ROUND, "--act", "1", "--reason", "x"), 1, "cannot be erased"),
    (("assign", ROUND, "time", "D99", "2021-02-26T15:40", "--reason", "x"), 13, "no delivery “D99”"),
    (("assign", ROUND, "time", "D01", "26/02/2021", "--reason", "x"), 2, "Write it like 2021-02-26T16:00."),
    (("assign", ROUND, "time", "D01", "2021-02-26", "--reason", "x"), 2, "has no time of day"),
    (("assign", ROUND, "time", "D01", "2031-02-26T09:00", "--reason", "x"), 13, "has not come yet"),
    (("assign", ROUND, "form", "nope.docx", "--reason", "x"), 13, "No delivery of this round holds a file “nope.docx”"),
    (("assign", ROUND, "form", "Latest accounts.pdf", "--reason", "x"), 13, "Name one with --delivery."),
    (
        ("assign", ROUND, "form", "Alder House form.docx", "--reason", "x"),
        2,
        "A new bid needs --provider and --stream.",
    ),
    (
        ("assign", ROUND, "form", "Alder House form.docx", "--bid", "B99", "--reason", "x"),
        13,
        "There is no bid “B99” yet",
    ),
    (
        ("assign", ROUND, "form", "Alder House form.docx", "--provider", "Q", "--stream", "nope", "--reason", "x"),
        13,
        "This round has no stream “nope”. There are: da_uplift, sv_uplift, idva, isva.",
    ),
    (("assign", ROUND, "annex", "Alder House form.docx", "--bid", "B99"), 13, "no bid “B99”"),
    (
        ("assign", ROUND, "annex", "Alder House form.docx", "--bid", "B01", "--proves", "x"),
        13,
        "asks for no document “x”",
    ),
    (
        ("assign", ROUND, "aside", "Alder House form.docx", "--why", "duplicate", "--of", "B99", "--reason", "x"),
        13,
        "This round has no bid “B99”",
    ),
    (("assign", ROUND, "aside", "Alder House form.docx", "--why", "dull", "--reason", "x"), 2, "'dull' is not one of"),
    (("assign", ROUND, "accept"), 2, "Give the numbers of the proposals, or --all."),
    (("assign", ROUND, "accept", "3"), 13, "There is no proposal 3"),
    (("assign", ROUND, "withdraw", "B99", "--reason", "x"), 13, "no bid “B99”"),
    (("assign", ROUND, "late", "B04", "--reason", "x"), 2, "Say --accept or --refuse."),
    (("assign", ROUND, "frob"), 2, "No such command 'frob'"),
    (("screen", ROUND, "show", "B99"), 13, "no bid “B99”"),
    (("screen", ROUND, "decide", "B02", "--reason", "x"), 2, "Say --exclude or --eligible."),
    (("screen", ROUND, "reply", "B99", "--text", "x"), 13, "no bid “B99”"),
    (("decide", ROUND, "sign", "king"), 13, "no role “king”. There are: officer, county_council_lead"),
    (("decide", ROUND, "sign", "commissioner", "--absent"), 2, "Say in --reason"),
    (("decide", ROUND, "bid", "B01", "maybe", "--reason", "x"), 2, "'maybe' is not one of"),
    (("assess", ROUND, "interest", "P. Person", "nobody"), 13, "no body “nobody”. There are: opcc, hcc."),
    (("assess", ROUND, "interest", "P. Person", "opcc", "--bid", "B01"), 2, "--bid and --interest together"),
    (("assess", ROUND, "confidence", "B01", "a/b", "1", "--place", "x", "--reason", "x"), 2, "is not a cell"),
    (
        ("assess", ROUND, "confidence", "B01", "a/b/c", "1", "--place", "x", "--reason", "x"),
        13,
        "does not aim at a/b/c",
    ),
    (
        ("assess", ROUND, "confidence", "B01", "stevenage/women/idva", "0.6", "--place", "x", "--reason", "x"),
        13,
        "0.6 is not a degree of delivery confidence. The degrees: 1:",
    ),
    (
        ("assess", ROUND, "confidence", "B01", "stevenage/women/idva", "sNaN", "--place", "x", "--reason", "x"),
        2,
        "“sNaN” is not a number",
    ),
    (
        ("assess", ROUND, "link", "B01", "nope", "--level", "full", "--place", "x", "--reason", "x"),
        13,
        "declares no link to “nope”. It declares: cope.",
    ),
    (("assess", ROUND, "return", "absent.xlsx"), 12, "it cannot be opened"),
    (("correct", ROUND), 2, "Name a bid with --question and --text"),
    (("correct", ROUND, "--returned", "absent.xlsx"), 12, "it cannot be opened"),
    (("correct", ROUND, "B99", "--question", "5.1", "--text", "1", "--reason", "x"), 13, "no bid “B99”"),
    (("correct", ROUND, "B01", "--question", "5.1", "--text", "1"), 2, "A correction needs its --reason."),
    (("correct", ROUND, "B01", "--question", "nope", "--text", "1", "--reason", "x"), 13, "no question “nope”"),
    (("clarify", ROUND, "B01", "--question", "5.1", "--row", "1", "--text", "1"), 13, "is not a table"),
    (("clarify", ROUND, "B01", "--question", "budget", "--text", "1"), 13, "Give --column as one of: 2021-22, 2022-23"),
    (
        ("clarify", ROUND, "B01", "--question", "budget", "--column", "total", "--row", "nope", "--text", "1"),
        13,
        "Give --row as one of: salaries, on_costs",
    ),
    (
        ("clarify", ROUND, "B01", "--question", "posts", "--column", "role", "--row", "nope", "--text", "1"),
        13,
        "Give --row as the number of the row, from 1.",
    ),
    (("clarify", ROUND, "B01", "--question", "5.1", "--text", "1", "--file", "zzz"), 13, "holds a file “zzz”"),
    (
        ("sent", ROUND, "nope", "--to", "x"),
        13,
        "There is no such version of “nope” to have been sent. Issued so far: form.",
    ),
    (("sent", ROUND, "form", "--to", "x", "--version", "7"), 13, "There is no such version of “form”"),
    (
        ("sent", ROUND, "form", "--to", "x", "--at", "2021-02-09T09:00"),
        13,
        "so it cannot have been sent 9 February 2021",
    ),
    (("sent", ROUND, "form", "--to", "x", "--at", "2021-12-09T09:00"), 13, "has not come yet"),
    (("receive", ROUND, "absent.eml"), 13, "absent.eml: there is no such file or folder"),
    (("preflight", "absent.docx", "--round", ROUND), 12, "it cannot be opened"),
    (("pack", ROUND), 13, "No decision yet on B01, B02"),
    (("report", ROUND, "--kind", "nope"), 2, "'nope'"),
    (("restore", "absent.zip", "somewhere"), 14, "absent.zip"),
)


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that mistakes are made in: none of them changes anything."""
    return busy_office(tmp_path_factory.mktemp("patient"))


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    MISTAKES,
    ids=lambda each: " ".join(map(str, each))[:60] if isinstance(each, tuple) else "",
)
def test_a_mistake_ends_in_a_plain_sentence_and_changes_nothing(
    patient: Office, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = patient.tree()
    answered = patient.run(*words, code=code)
    assert sentence in answered.said
    assert "Traceback" not in answered.said
    assert patient.tree() == before


@pytest.mark.parametrize(
    "words",
    [
        ("receive", ROUND, "x"),
        ("form", ROUND),
        ("assign", ROUND, "accept", "--all"),
        ("decide", ROUND, "sign", "commissioner"),
        ("pack", ROUND),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_records_something_asks_who_acts(patient: Office, words: tuple[str, ...]) -> None:
    assert "Missing option '--as'" in patient.run(*words, by="", code=2).err
    blank = patient.run("assign", ROUND, "withdraw", "B01", "--reason", "x", by=" ", code=13)
    assert "under a person's name" in blank.err


def test_outside_a_workspace_the_sentence_names_both_ways_out(tmp_path: Path) -> None:
    said = Office(tmp_path).run("show", ROUND, code=13).said
    assert "is not in a workspace" in said
    assert "--workspace" in said
    assert "commissioning init DIR" in said


def test_the_workspace_and_the_instant_can_be_given_after_any_command(office: Office, tmp_path: Path) -> None:
    elsewhere = Office(tmp_path / "nowhere")
    for words in (
        ("--workspace", office.root),
        ("assign", ROUND, "--workspace", office.root),
        ("rounds", "--workspace", office.root),
    ):
        elsewhere.run(*words)


# What is printed


READING = (
    (),
    ("rounds",),
    ("round", ROUND),
    ("assign", ROUND),
    ("show", ROUND),
    ("show", ROUND, "B03"),
    ("screen", ROUND),
    ("screen", ROUND, "show", "B02"),
    ("needs", ROUND),
    ("needs", ROUND, "--explain", "B01"),
    ("assess", ROUND),
    ("decide", ROUND),
    ("history", ROUND),
    ("verify",),
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_is_printed_fits_80_columns_and_loses_nothing(patient: Office, words: tuple[str, ...]) -> None:
    printed = patient.run(*words, code=None)
    lines = [*printed.out.splitlines(), *printed.err.splitlines()]
    assert max(map(len, lines)) <= WIDE
    assert not [line for line in lines if line.rstrip().endswith("…")]


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("rounds",),
        ("round", ROUND),
        ("assign", ROUND),
        ("read", ROUND),
        ("show", ROUND),
        ("show", ROUND, "B01"),
        ("screen", ROUND),
        ("screen", ROUND, "show", "B02"),
        ("needs", ROUND),
        ("assess", ROUND),
        ("decide", ROUND),
        ("history", ROUND),
        ("verify",),
    ],
    ids=" ".join,
)
def test_json_parses_and_is_all_that_stdout_says(patient: Office, words: tuple[str, ...]) -> None:
    assert json.loads(patient.run(*words, "--json", code=None).out) is not None


def test_json_carries_what_the_text_says(patient: Office) -> None:
    text = patient.run("screen", ROUND, "show", "B02").said
    screening = patient.run("screen", ROUND, "show", "B02", "--json").json
    for verdict in screening["verdicts"]:
        assert " ".join(verdict["reason"].split()) in text
        assert verdict["rule"] in text


@pytest.mark.parametrize(
    "words",
    [
        ("form", ROUND),
        ("queries", ROUND),
        ("report", ROUND),
        ("pack", ROUND, "--provisional"),
        ("assess", ROUND, "grid"),
        ("correct", ROUND, "--out"),
        ("correct", ROUND, "B01", "--question", "5.1", "--text", "24000", "--reason", "x"),
        ("correct", ROUND, "B01", "--passages-read", "--reason", "x"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_a_dry_run_writes_nothing(patient: Office, words: tuple[str, ...]) -> None:
    before = patient.tree()
    patient.run(*words, "--dry-run")
    assert patient.tree() == before


def test_a_dry_run_of_receive_shows_the_receipt_and_keeps_nothing(patient: Office) -> None:
    before = patient.tree()
    said = patient.run("receive", ROUND, patient.put("Fern House form.docx", word(bid("Fern House"))), "--dry-run").said
    assert "D06" in said
    assert "would be registered" in said
    assert patient.tree() == before


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += every_command(command, (*path, name))
    return found


@pytest.mark.parametrize(
    ("path", "command"), every_command(cli), ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_every_command_has_help_and_an_example_of_itself(path: tuple[str, ...], command: click.Command) -> None:
    shown = command.get_help(click.Context(command, info_name=" ".join(path)))
    assert command.help
    assert "Example" in shown
    assert f"commissioning {path[0]}" in shown
