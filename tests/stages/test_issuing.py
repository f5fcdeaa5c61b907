"""What goes out: versions never overwritten, made again the same anywhere, and fit to be read by a stranger."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest

from office import (
    ALDER,
    BEECH,
    CEDAR,
    FORM_ISSUED,
    MONDAY,
    ROUND,
    Office,
    bid,
    busy_office,
    new_office,
    word,
    words_of,
)

ROUND_YAML = f"assessments/{ROUND}/round.yaml"
PACK = ("pack", ROUND, "--provisional")
HEARD = "2021-03-02T14:00"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


def issued(office: Office) -> dict[str, str]:
    return {path: sha for path, sha in office.tree().items() if "/issued/" in path}


def edit(office: Office, old: str, new: str, path: str = ROUND_YAML) -> None:
    file = office.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# Versions


def test_with_nothing_new_nothing_is_written(office: Office) -> None:
    words = (PACK, ("report", ROUND), ("queries", ROUND), ("assess", ROUND, "grid"), ("correct", ROUND, "--out"))
    for each in words:
        office.run(*each, now=MONDAY)
    before = office.tree()
    for each in (*words, ("form", ROUND)):
        office.run(*each, now="2021-03-01T15:00")
    assert office.tree() == before


def test_a_version_is_never_overwritten_and_the_next_says_what_changed(office: Office) -> None:
    office.run(*PACK, now=MONDAY)
    first = issued(office)
    office.run("assign", ROUND, "withdraw", "B05", "--reason", "e-mail of 1 March", now=MONDAY)
    made = office.run(*PACK, now=MONDAY).out
    assert "pack v2" in made
    assert "pack/schedule.xlsx: changed" in made
    assert "pack/bids/B01.docx" not in made.partition("Changed since")[2]
    assert first.items() <= issued(office).items()
    assert "changed" in words_of(office.issued("pack-v2/cover.docx")).lower()


def test_a_version_set_aside_keeps_its_number_and_its_files(office: Office) -> None:
    office.run("report", ROUND, now=MONDAY)
    first = issued(office)
    office.run("set-aside", ROUND, office.acts("issued")[-1]["number"], "--reason", "made too early", now=MONDAY)
    assert "panel-report v2" in office.run("report", ROUND, now=MONDAY).out
    office.issued("panel-report-v1.docx").unlink()
    office.run("run", ROUND, by="", now=MONDAY, code=3)
    assert first.items() <= issued(office).items()


def test_the_head_printed_is_the_one_before_the_issue_was_recorded(office: Office) -> None:
    head = office.run("verify", "--json").json["head"]
    office.run(*PACK, now=MONDAY)
    manifest = json.loads(office.issued("pack-v1/manifest.json").read_text(encoding="utf-8"))
    assert head in json.dumps(manifest)
    assert head[:12] in words_of(office.issued("pack-v1/cover.docx"))
    assert "Intact" in office.run("verify", "--printed", head).out
    assert "the journal was cut" in office.run("verify", "--printed", "0" * 64, code=14).err


def test_what_was_issued_is_made_again_the_same_elsewhere_with_other_seeds(office: Office, tmp_path: Path) -> None:
    office.run("queries", ROUND, "--only", "queries/beech-line", now=MONDAY)
    office.run("sent", ROUND, "queries/beech-line", "--to", "casey@beech.example", now=MONDAY)
    office.run("assess", ROUND, "grid", now=MONDAY)
    office.run("report", ROUND, now=MONDAY)
    office.run("assign", ROUND, "withdraw", "B05", "--reason", "e-mail of 1 March", now=MONDAY)
    office.run("correct", ROUND, "B03", "--question", "5.1", "--text", "25000", "--reason", "telephone", now=MONDAY)
    office.run(*PACK, "--reason", "B05 withdrew", now=HEARD)
    before = issued(office)
    head = office.run("verify", "--json").json["head"]
    (tmp_path / "elsewhere").mkdir()
    other = office.copy(tmp_path / "elsewhere")
    shutil.rmtree(other.root / "submissions" / ROUND / "issued")
    delete_results(other)
    again = other.process(
        "run", ROUND, now="2022-01-01T09:00", COMMISSIONING_AS="", PYTHONHASHSEED="77", TZ="Asia/Tokyo"
    )
    assert again.code == 3, again.said
    assert issued(other) == before
    assert other.run("verify", "--json").json["head"] == head


def delete_results(office: Office) -> None:
    with sqlite3.connect(office.root / "commissioning.db") as store:
        store.execute("DELETE FROM result")
    store.close()


# Amendments


def test_a_change_after_the_form_was_issued_is_shown_and_not_used(office: Office) -> None:
    edit(office, "reply_period: 6 working hours", "reply_period: 9 working hours")
    assert f"Changed since the form was issued, and not used: {ROUND_YAML}." in office.run("round", ROUND).said
    assert f"not used: {ROUND_YAML}" in office.run("status").said
    assert office.run("round", ROUND, "--json").json["reply_period"]["amount"] == 6
    assert "Say why with --reason" in office.run("form", ROUND, code=13).err


def test_an_amendment_is_used_and_printed_on_all_that_follows(office: Office) -> None:
    office.run("report", ROUND, now=MONDAY)
    first = issued(office)
    edit(office, "reply_period: 6 working hours", "reply_period: 9 working hours")
    why = "the Ministry moved its date"
    office.run("form", ROUND, "--reason", why, now=MONDAY)
    assert f"{ROUND_YAML} changed by A. Officer. {why}" in office.run("round", ROUND).said
    office.run("report", ROUND, now=MONDAY)
    assert why in words_of(office.issued("panel-report-v2.docx"))
    for path in first:
        if (office.root / path).is_file():
            (office.root / path).unlink()
    office.run("run", ROUND, by="", now=MONDAY, code=3)
    assert first.items() <= issued(office).items()


@pytest.mark.parametrize("text", ["id: [", None], ids=["broken", "gone"])
def test_a_round_file_broken_after_the_issue_stops_nothing(office: Office, text: str | None) -> None:
    file = office.root / ROUND_YAML
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    assert ALDER in office.run("show", ROUND).out
    assert f"not used: {ROUND_YAML}" in office.run("round", ROUND).said
    office.run("report", ROUND, now=MONDAY)
    office.run("form", ROUND, "--reason", "to see", code=10 if text else 13)


def test_bids_on_the_form_as_first_issued_stay_bids_after_an_amendment_of_its_wording(office: Office) -> None:
    edit(office, "Answer in plain words", "Answer in your own words", f"assessments/{ROUND}/form.yaml")
    office.run("form", ROUND, "--reason", "plainer", now=MONDAY)
    assert office.issued("da-sa-2021-form-v2.docx").exists()
    alder = office.dossiers(MONDAY)["B01"]
    assert alder["provider_name"] == ALDER
    codes = [each["code"] for each in alder["findings"]]
    assert "earlier-form" in codes
    assert "old-version" not in codes
    office.run("receive", ROUND, office.put("late.docx", word(bid("Fern House"))), now=MONDAY)
    offered = office.run("assign", ROUND, "--json", now=MONDAY).json
    assert offered[0]["act"]["kind"] == "assigned"


# What a stranger finds in the pack


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = busy_office(tmp_path_factory.mktemp("packed"))
    office.run("queries", ROUND, now=MONDAY)
    office.run("sent", ROUND, "queries/beech-line", "--to", "casey@beech.example", now="2021-03-01T10:00")
    excluded = ("--exclude", "--reason", "a national helpline; no reply came")
    office.run("screen", ROUND, "decide", "B02", *excluded, by="O. Hartsby", now="2021-03-02T15:00")
    office.run("decide", ROUND, "bid", "B01", "include", "--priority", "1", "--reason", "meets a need", now=HEARD)
    office.run("decide", ROUND, "sign", "chief_executive", "--name", "Owen Hartsby", now=HEARD)
    office.run("assess", ROUND, "grid", now=HEARD)
    office.run("report", ROUND, now=HEARD)
    office.run(*PACK, now=HEARD)
    return office


def parts(office: Office) -> dict[str, str]:
    """What each file of the zip says."""
    with zipfile.ZipFile(office.issued("pack-v1.zip")) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    return {
        name: content.decode() if name.endswith(".json") else words_of(content, name) for name, content in files.items()
    }


def test_the_zip_holds_what_the_folder_holds_and_the_manifest_lists(packed: Office) -> None:
    names = set(parts(packed))
    folder = packed.issued("pack-v1")
    assert names == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    manifest = parts(packed)["manifest.json"]
    assert all(name in manifest for name in names - {"cover.docx", "manifest.json"})


def test_from_the_zip_alone_a_stranger_learns_who_asked_for_what_from_each_pot(packed: Office) -> None:
    schedule = parts(packed)["schedule.xlsx"]
    for name in (ALDER, BEECH, CEDAR):
        assert name in schedule
    with zipfile.ZipFile(packed.issued("pack-v1.zip")) as pack:
        book = openpyxl.load_workbook(io.BytesIO(pack.read("schedule.xlsx")))
    lines = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) if "B01" in row]
    assert any(24000 in row for row in lines)


def test_from_the_zip_alone_a_stranger_learns_who_was_set_aside_by_which_rule_on_whose_word(packed: Office) -> None:
    log = parts(packed)["screening-log.docx"]
    lines = [line for line in log.splitlines() if BEECH in line or "B02" in line or "O. Hartsby" in line]
    said = " ".join(lines)
    assert BEECH in said
    assert "R3" in log
    assert "O. Hartsby" in log
    assert "a national helpline; no reply came" in log


def test_from_the_zip_alone_a_stranger_learns_what_is_open_and_with_whom(packed: Office) -> None:
    cover = parts(packed)["cover.docx"]
    survey = packed.run("status", "--json", now=HEARD).json[0]
    assert "rovisional" in cover
    for item in survey["open_items"]:
        assert item["what"] in cover, item
        assert item["owner"].partition(" (")[0] in cover


def test_nothing_sensitive_leaves_in_any_part_of_what_is_issued(packed: Office) -> None:
    private = ("Casey Alderford", "Casey Cedarford", "casey@", "@alder.example", "SG1 9ZZ", "9ZZ")
    for path in (packed.root / "submissions" / ROUND / "issued").rglob("*"):
        if path.is_file() and "queries" not in path.parts:
            for part, content in inside(path).items():
                found = [each for each in private if each.encode() in content]
                assert not found, f"{path.name}, {part}"


def inside(path: Path) -> dict[str, bytes]:
    """Every part of a file, packages in packages too."""
    if path.suffix not in {".docx", ".xlsx", ".zip"}:
        return {path.name: path.read_bytes()}
    found: dict[str, bytes] = {}
    waiting = {path.name: path.read_bytes()}
    while waiting:
        name, content = waiting.popitem()
        if name.endswith((".docx", ".xlsx", ".zip")):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                waiting |= {f"{name}/{part}": package.read(part) for part in package.namelist()}
        else:
            found[name] = content
    return found


# What a pack that is not provisional must not carry


def refusal(office: Office) -> str:
    return office.run("pack", ROUND, now=HEARD, code=13).err


def test_a_decision_taken_before_an_answer_changed_keeps_the_pack_from_being_final(office: Office) -> None:
    decide = ("decide", ROUND, "bid", "B01", "include", "--priority", "1", "--reason", "meets a need")
    office.run(*decide, now=MONDAY)
    office.run("decide", ROUND, "sign", "chief_executive", "--name", "Owen Hartsby", now=MONDAY)
    assert "stands" not in refusal(office)
    correct = ("correct", ROUND, "B01", "--question", "5.1", "--text", "30000", "--reason", "telephone")
    office.run(*correct, now=MONDAY, code=3)
    act = office.acts("corrected")[-1]["number"]
    said = refusal(office)
    assert f"B01 was decided before its form of record, an answer or its screening changed (act {act})" in said
    assert f"signed before B01 (act {act}) changed or was decided" in said
    office.run(*decide, now=HEARD)
    assert "B01 was decided before" not in refusal(office)
    assert "signed before B01" in refusal(office)
    office.run("decide", ROUND, "sign", "chief_executive", "--name", "Owen Hartsby", now=HEARD)
    assert "stands" not in refusal(office)
    office.run("set-aside", ROUND, str(act), "--reason", "misheard", now=HEARD)
    assert "B01 was decided before" in refusal(office)


def test_a_bid_included_for_good_before_screening_is_settled_keeps_the_pack_from_being_final(office: Office) -> None:
    decide = ("decide", ROUND, "bid", "B02")
    office.run(*decide, "include", "--priority", "1", "--reason", "wanted", now=MONDAY, code=None)
    assert "B02 is included, but stands as “" in refusal(office)
    office.run(*decide, "provisional", "--priority", "1", "--reason", "wanted", now=MONDAY, code=None)
    assert "B02 is included" not in refusal(office)


# Sending


def test_replies_are_due_by_bid_from_the_letter_that_asked_about_it(office: Office) -> None:
    def due() -> dict[str, str]:
        items = office.run("status", "--json", now=HEARD).json[0]["open_items"]
        return {each["bid"]: each["due"] for each in items if each["what"].startswith("To be put right")}

    wrong = ("correct", ROUND, "B01", "--question", "5.1", "--text", "30000", "--reason", "telephone")
    office.run(*wrong, now=MONDAY, code=3)
    office.run("queries", ROUND, now=MONDAY)
    never = due()
    letters = [each["act"] for each in office.acts("issued") if each["act"]["document"].startswith("queries/")]
    letter = next(each for each in letters if set(each["bids"]) & never.keys() and never.keys() - set(each["bids"]))
    office.run("sent", ROUND, letter["document"], "--to", "them", now="2021-03-01T10:00")
    moved = {bid for bid, when in due().items() if when != never[bid]}
    assert moved == set(letter["bids"]) & never.keys()


def test_what_was_sent_is_the_last_version_unless_another_is_named(office: Office) -> None:
    office.run(*PACK, now=MONDAY)
    office.run("assign", ROUND, "withdraw", "B05", "--reason", "e-mail of 1 March", now=MONDAY)
    office.run(*PACK, now=MONDAY)
    to = ("--to", "Ministry of Justice")
    office.run("sent", ROUND, "pack", *to, "--version", "1", "--at", "2021-03-01T10:05", now=HEARD)
    office.run("sent", ROUND, "pack", *to, "--acknowledgement", "auto-reply 14:01", now=HEARD)
    assert [(each["act"]["version"], each["act"]["sent"][:16]) for each in office.acts("sent")] == [
        (1, "2021-03-01T10:05"),
        (2, "2021-03-02T14:00"),
    ]


def test_a_form_of_another_round_is_proposed_to_be_put_aside(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    edit(office, "version: 1", "version: 2", f"assessments/{ROUND}/form.yaml")
    office.run("form", ROUND, now=FORM_ISSUED)
    office.run("receive", ROUND, office.put("old.docx", word(bid(ALDER))))
    offered = office.run("assign", ROUND, "--json").json
    assert offered[0]["act"]["why"] == "wrong round"
    assert not offered[0]["certain"]
