"""What must not happen on the last day: letters mixed up, rules changed unseen, a sent pack taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import ALDER, FORM_ISSUED, MONDAY, ROUND, Office, bid, busy_office, new_office, word, words_of

ROUND_YAML = f"assessments/{ROUND}/round.yaml"
REFUSED = 2


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return busy_office(tmp_path)


def test_two_providers_whose_names_make_the_same_file_name_get_a_letter_each(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    office.run("form", ROUND, now=FORM_ISSUED)
    names = ("चांदनी आँगन", "نور البيت", "Fern & House", "Fern House!")
    for number, name in enumerate(names):
        typed = {key: text for key, text in bid(name, service_name=f"Service {number}").items() if key != "summary"}
        office.receive(office.put(f"{number}.docx", word(typed)))
    issued = office.run("queries", ROUND, "--json", now=MONDAY).json
    assert len({each["document"] for each in issued}) == len(names)
    for number, each in enumerate(issued):
        said = words_of(Path(each["files"][0]).read_bytes())
        assert [f"Service {other}" in said for other in range(len(names))] == [other == number for other in range(4)]


def test_setting_an_assignment_aside_leaves_the_round_readable_and_its_corrections_with_their_form(
    office: Office,
) -> None:
    why = ("--reason", "in words on the form")
    office.run("correct", ROUND, "B01", "--question", "service_name", "--text", "Alder advisers", *why)
    first = next(act["number"] for act in office.acts("assigned") if act["subject"] == "B01")
    office.run("receive", ROUND, office.put("Alder 2.docx", word(bid(ALDER, service_name="Alder two"))))
    office.run("assign", ROUND, "accept", *office.numbers())
    office.run("set-aside", ROUND, first, "--reason", "the wrong file")
    answers = {each["question"]: each for each in office.dossiers()["B01"]["bid"]["answers"]}
    assert answers["service_name"]["raw"] == "Alder two"
    assert answers["service_name"]["original"] is None


def test_the_rules_stay_frozen_when_the_freeze_is_set_aside_and_an_amendment_taken_back_says_so(
    office: Office,
) -> None:
    file = office.root / ROUND_YAML
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("at: 2021-02-26 Europe/London", "at: 2021-02-28 Europe/London"), encoding="utf-8")
    freeze = office.acts("froze")[0]["number"]
    office.run("set-aside", ROUND, freeze, "--reason", "let us see")
    assert "Providers by 26 February 2021 at 23:59:59" in office.run("round", ROUND).said
    office.run("form", ROUND, "--reason", "two more days for all")
    assert "Providers by 28 February 2021 at 23:59:59" in office.run("round", ROUND).said
    amended = office.acts("froze")[-1]["number"]
    office.run("set-aside", ROUND, amended, "--reason", "not agreed")
    said = office.run("round", ROUND).said
    assert "Providers by 26 February 2021 at 23:59:59" in said
    assert "two more days for all Set aside since: it no longer holds." in said


@pytest.mark.parametrize(
    "words",
    [
        ("screen", ROUND, "decide", "B02", "--exclude"),
        ("assign", ROUND, "late", "B04", "--refuse"),
        ("decide", ROUND, "bid", "B01", "not"),
    ],
)
def test_nothing_is_decided_with_a_blank_reason(office: Office, words: tuple[str, ...]) -> None:
    before = office.tree()
    for blank in ("", "  "):
        assert "Say why, in words." in office.run(*words, "--reason", blank, code=REFUSED).err
    assert office.tree() == before


def test_a_final_pack_is_not_followed_by_a_provisional_one_by_itself(office: Office) -> None:
    for number, name in enumerate(office.dossiers(now=MONDAY), start=1):
        words = ("decide", ROUND, "bid", name, "provisional", "--priority", number, "--reason", "agreed at the meeting")
        office.run(*words, now=MONDAY, code=None)
    for role in ("chief_finance_officer", "chief_executive", "commissioner"):
        office.run("decide", ROUND, "sign", role, now=MONDAY)
    office.run("report", ROUND, now=MONDAY)
    office.run("pack", ROUND, now=MONDAY)
    before = office.tree()
    office.run("run", ROUND, now=MONDAY, code=None)
    assert office.tree() == before
    office.run(
        "correct", ROUND, "B01", "--question", "service_name", "--text", "New", "--reason", "misread", now=MONDAY
    )
    office.run("run", ROUND, now=MONDAY, code=None)
    assert not office.issued("pack-v2").exists()
    refused = office.run("pack", ROUND, now=MONDAY, code=13)
    assert "B01" in refused.err
