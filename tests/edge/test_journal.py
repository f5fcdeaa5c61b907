"""The journal: any change of what was written is found and named; erasing and setting aside are not changes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from commissioning.edge import journal
from commissioning.edge.results import recall, remember
from commissioning.edge.store import ENTRY, PAYLOAD, canonical, open_store
from commissioning.errors import CommissioningError, StoreError
from commissioning.model.act import (
    Act,
    Clarified,
    ConfidenceConfirmed,
    Decided,
    Entry,
    Extended,
    Froze,
    Issued,
    Withdrew,
    standing,
)

AT = datetime(2021, 2, 26, 16, 0, tzinfo=UTC)
ROUND = "da-sa-2021"


def add(connection: Connection, act: Act, *, round: str = ROUND, reason: str = "because") -> Entry:
    return journal.append(connection, round=round, act=act, subject="bid-1", actor="Jane Roe", at=AT, reason=reason)


def filled(path: Path, *acts: Act) -> Path:
    with open_store(path) as store, store.transaction() as connection:
        for act in acts or tuple(Withdrew(bid=f"bid-{number}") for number in range(1, 5)):
            add(connection, act)
    return path


def tamper(path: Path, *statements: str) -> None:
    """Do what a person with another program could: drop the triggers and write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF").close()
        for trigger in ("entry_no_update", "entry_no_delete", "payload_no_update"):
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            raw.execute(statement)


def faults(path: Path, *printed: str) -> tuple[str, ...]:
    with open_store(path) as store, store.transaction() as connection:
        return journal.verify(connection, printed=printed)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_store(tmp_path / "commissioning.db") as store, store.transaction() as open_connection:
        yield open_connection


def test_an_act_comes_back_as_it_was_recorded(connection: Connection) -> None:
    acts: tuple[Act, ...] = (
        Clarified(bid="bid-1", question="q", text="naïve 😀 \u202eرسالة {{ x }} <w:p/> \x00 half of a pair \ud800"),
        Extended(until=datetime(2021, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))),
        Decided(bid="bid-1", outcome="include", priority=1),
    )
    written = [add(connection, act) for act in acts]
    read = journal.entries(connection)
    assert [entry.act for entry in read] == list(acts)
    assert list(read) == written
    assert journal.verify(connection) == ()


def test_exact_numbers_survive_the_journal(connection: Connection) -> None:
    cell = {"district": "Dacorum", "group": "all", "service": "advocacy"}
    fields = ConfidenceConfirmed.model_fields["cell"].annotation.model_fields  # type: ignore[union-attr]  # a record
    act = ConfidenceConfirmed.model_validate(
        {"bid": "b", "cell": {name: cell.get(name, name) for name in fields}, "confidence": "0.70", "place": "p. 3"}
    )
    add(connection, act)
    kept = journal.entries(connection)[0].act
    assert isinstance(kept, ConfidenceConfirmed)
    assert str(kept.confidence) == str(Decimal("0.70"))


def test_instants_are_stored_in_universal_time_and_come_back_aware(connection: Connection) -> None:
    summer = datetime(2021, 6, 1, 17, 0, tzinfo=timezone(timedelta(hours=1)))
    journal.append(connection, round=ROUND, act=Withdrew(bid="b"), subject="b", actor="Jane Roe", at=summer, reason="")
    assert connection.scalar(select(ENTRY.c.at)) == "2021-06-01T16:00:00+00:00"
    assert journal.entries(connection)[0].at == summer


@pytest.mark.parametrize(("at", "actor"), [(datetime(2021, 2, 26), "Jane Roe"), (AT, " ")])  # noqa: DTZ001 - meant
def test_an_entry_without_a_zone_or_a_name_is_our_mistake(connection: Connection, at: datetime, actor: str) -> None:
    with pytest.raises(ValueError, match="zone, and a name"):
        journal.append(connection, round=ROUND, act=Withdrew(bid="b"), subject="b", actor=actor, at=at, reason="")


@pytest.mark.parametrize("field", ["subject", "actor", "reason"])
def test_a_broken_character_in_an_envelope_is_refused_in_plain_words(connection: Connection, field: str) -> None:
    texts = {"subject": "b", "actor": "Jane Roe", "reason": ""} | {field: "half \ud800"}
    with pytest.raises(CommissioningError, match="“half \\?” holds a broken character"):
        journal.append(connection, round=ROUND, act=Withdrew(bid="b"), at=AT, **texts)
    assert journal.entries(connection) == ()


def test_entries_are_given_by_round_and_up_to_a_number(connection: Connection) -> None:
    for round in ("one", "two", "one"):
        add(connection, Withdrew(bid="b"), round=round)
    assert [entry.number for entry in journal.entries(connection)] == [1, 2, 3]
    assert [entry.number for entry in journal.entries(connection, round="one")] == [1, 3]
    assert [entry.number for entry in journal.entries(connection, round="one", upto=2)] == [1]


def test_the_head_is_the_hash_of_the_last_entry_asked_for(connection: Connection) -> None:
    assert journal.head(connection) == ""
    first, second = add(connection, Withdrew(bid="a")), add(connection, Withdrew(bid="b"))
    assert journal.head(connection) == second.hash
    assert journal.head(connection, upto=1) == first.hash == second.previous
    assert first.previous == ""


@pytest.mark.parametrize(
    "field", ["at", "actor", "round", "kind", "subject", "reason", "payload_hash", "previous", "hash"]
)
def test_altering_any_field_of_an_entry_is_found_and_named(tmp_path: Path, field: str) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, f"UPDATE entry SET {field} = {field} || '0' WHERE number = 2")  # noqa: S608 - a test's own words
    assert "Entry 2 was altered: its hash does not fit what it says." in faults(path)


def test_a_changed_number_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, "UPDATE entry SET number = 9 WHERE number = 4", "UPDATE payload SET entry = 9 WHERE entry = 4")
    found = faults(path)
    assert "Entry 4 is missing." in found
    assert "Entry 9 was altered: its hash does not fit what it says." in found


def test_an_entry_sealed_anew_no_longer_carries_the_next(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    with open_store(path) as store, store.transaction() as connection:
        row = {**journal.lines(connection)[1], "reason": "another reason"}
    seal = journal.seal(row)
    tamper(path, f"UPDATE entry SET reason = 'another reason', hash = '{seal}' WHERE number = 2")  # noqa: S608
    assert faults(path) == (
        "Entry 3 does not follow on what stands before it now: what it was written after has gone.",
    )


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, "DELETE FROM payload WHERE entry = 1", "DELETE FROM entry WHERE number IN (1, 3)")
    assert faults(path) == ("Entry 1 is missing.", "Entry 3 is missing.")


def test_entries_in_another_order_are_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    swap = "UPDATE entry SET number = CASE number WHEN {0} THEN {1} ELSE {0} END WHERE number = {0}"
    tamper(path, swap.format(2, 7), swap.format(3, 2), swap.format(7, 3))
    found = faults(path)
    assert "Entry 2 was altered: its hash does not fit what it says." in found
    assert "Entry 2 does not follow on what stands before it now: it was written after entry 3." in found


def test_an_altered_payload_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, """UPDATE payload SET json = '{"bid":"bid-9","kind":"withdrew"}' WHERE entry = 3""")
    assert faults(path) == ("The content of entry 3 was altered: its hash does not fit.",)


def test_a_payload_that_vanished_without_an_erasure_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, "DELETE FROM payload WHERE entry = 3")
    assert faults(path) == ("The content of entry 3 is missing, and no erasure says why.",)


def test_a_payload_that_cannot_be_read_stops_with_what_to_do(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    tamper(path, "UPDATE payload SET json = '{' WHERE entry = 3")
    with (
        pytest.raises(StoreError, match=r"entry 3 .* Run `commissioning verify`"),
        open_store(path) as store,
        store.transaction() as connection,
    ):
        journal.entries(connection)


def test_a_journal_cut_at_its_end_shows_against_a_printed_head(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db")
    with open_store(path) as store, store.transaction() as connection:
        printed = journal.head(connection)
    assert faults(path, printed, "") == ()
    tamper(path, "DELETE FROM payload WHERE entry = 4", "DELETE FROM entry WHERE number = 4")
    assert faults(path) == ()
    assert faults(path, printed) == (f"No entry has the hash {printed} that a document prints: the journal was cut.",)


def test_erasing_removes_the_content_and_the_chain_still_verifies(connection: Connection) -> None:
    add(connection, Clarified(bid="bid-1", question="q", text="a name"))
    add(connection, Withdrew(bid="bid-1"))
    remember(connection, "read", "bid-1", "h", "a name")
    entry = journal.erase(
        connection, round=ROUND, numbers=(1,), actor="Jane Roe", at=AT, reason="asked to", originals=("ab",)
    )
    assert journal.verify(connection) == ()
    first, second, erased = journal.entries(connection)
    assert first.act is None
    assert first.hash == second.previous
    assert erased == entry
    assert connection.execute(select(PAYLOAD.c.entry)).scalars().all() == [2, 3]
    assert recall(connection, "read", "bid-1", "h") is None
    assert [each.number for each in standing(journal.entries(connection))] == [2, 3]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Issued(document="pack", version=1, files={}, says={}), "it says what the office sent out"),
        (Froze(files={}), "it holds the round's rules"),
    ],
)
def test_acts_that_others_rest_on_are_not_erased(connection: Connection, act: Act, why: str) -> None:
    add(connection, act)
    with pytest.raises(CommissioningError, match=why):
        journal.erase(connection, round=ROUND, numbers=(1,), actor="Jane Roe", at=AT, reason="asked to")


def test_an_erasure_and_a_setting_aside_are_not_erased(connection: Connection) -> None:
    add(connection, Withdrew(bid="a"))
    add(connection, Withdrew(bid="b"))
    journal.set_aside(connection, round=ROUND, number=1, subject="a", actor="J", at=AT, reason="a mistake")
    journal.erase(connection, round=ROUND, numbers=(2,), actor="J", at=AT, reason="asked to")
    for number, why in ((3, "no longer stands"), (4, "what was erased"), (2, "erased already"), (9, "no act 9")):
        with pytest.raises(CommissioningError, match=why):
            journal.erase(connection, round=ROUND, numbers=(number,), actor="J", at=AT, reason="asked to")


def test_a_refused_erasure_erases_nothing(connection: Connection) -> None:
    add(connection, Withdrew(bid="a"))
    for numbers, reason in (((1, 9), "asked to"), ((1,), " ")):
        with pytest.raises(CommissioningError):
            journal.erase(connection, round=ROUND, numbers=numbers, actor="J", at=AT, reason=reason)
    assert journal.entries(connection)[0].act == Withdrew(bid="a")


def test_an_act_set_aside_no_longer_stands_until_that_is_set_aside(connection: Connection) -> None:
    add(connection, Withdrew(bid="a"))

    def aside(number: int) -> None:
        journal.set_aside(connection, round=ROUND, number=number, subject="a", actor="J", at=AT, reason="a mistake")

    aside(1)
    assert [entry.number for entry in standing(journal.entries(connection))] == [2]
    aside(2)
    assert [entry.number for entry in standing(journal.entries(connection))] == [1, 3]
    aside(1)
    assert [entry.number for entry in standing(journal.entries(connection))] == [3, 4]
    assert journal.verify(connection) == ()


def test_setting_aside_is_refused_where_it_means_nothing(connection: Connection) -> None:
    add(connection, Withdrew(bid="a"))
    add(connection, Withdrew(bid="b"), round="another")
    add(connection, Withdrew(bid="c"))
    journal.erase(connection, round=ROUND, numbers=(3,), actor="J", at=AT, reason="asked to")

    def aside(number: int, reason: str = "a mistake") -> None:
        journal.set_aside(connection, round=ROUND, number=number, subject="", actor="J", at=AT, reason=reason)

    for number, why in ((7, "no act 7"), (2, "no act 2"), (3, "does not come back"), (4, "does not come back")):
        with pytest.raises(CommissioningError, match=why):
            aside(number)
    with pytest.raises(CommissioningError, match="--reason"):
        aside(1, reason=" ")
    aside(1)
    with pytest.raises(CommissioningError, match="set aside already"):
        aside(1)


def test_an_entry_sealed_by_another_program_is_read_the_same(connection: Connection) -> None:
    payload = canonical({"kind": "withdrew", "bid": "a"})
    entry = add(connection, Withdrew(bid="a"))
    assert connection.scalar(select(PAYLOAD.c.json)) == payload
    envelope = entry.model_dump(mode="json", exclude={"act"}) | {"at": entry.at.isoformat()}
    assert journal.seal(envelope) == entry.hash
