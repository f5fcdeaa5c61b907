"""Results: found again by exactly the same input, and never missed when they are gone."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commissioning.edge.results import forget_all, input_hash, recall, remember
from commissioning.edge.store import open_store
from commissioning.findings import Place

PARTS = st.lists(st.binary(max_size=8) | st.text(max_size=8), max_size=4)


def test_a_result_is_recalled_for_its_own_input_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store, store.transaction() as connection:
        remember(connection, "read", "bid-1", "h1", '{"answers": 3}')
        assert recall(connection, "read", "bid-1", "h1") == '{"answers": 3}'
        assert recall(connection, "read", "bid-1", "h2") is None
        assert recall(connection, "read", "bid-2", "h1") is None
        assert recall(connection, "check", "bid-1", "h1") is None


def test_results_of_several_inputs_stand_side_by_side_until_all_are_forgotten(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store, store.transaction() as connection:
        for key, value in (("h1", "1"), ("h2", "2"), ("h1", "again")):
            remember(connection, "read", "bid-1", key, value)
        assert recall(connection, "read", "bid-1", "h1") == "again"
        assert recall(connection, "read", "bid-1", "h2") == "2"
        forget_all(connection)
        assert recall(connection, "read", "bid-1", "h1") is None
        assert recall(connection, "read", "bid-1", "h2") is None


@given(PARTS, PARTS)
def test_different_inputs_have_different_hashes(left: list[bytes | str], right: list[bytes | str]) -> None:
    assert (input_hash("1", *left) == input_hash("1", *right)) == (left == right)


def test_a_hash_covers_the_version_the_kind_and_every_field() -> None:
    place = Place(file="a.docx", page=1)
    hashes = {
        input_hash("1", place),
        input_hash("2", place),
        input_hash("1", place.with_changes(page=2)),
        input_hash("1", place, place),
        input_hash("1", "a"),
        input_hash("1", b"a"),
        input_hash("1", "\ud800"),
    }
    assert len(hashes) == 7
    assert input_hash("1", Place(page=1, file="a.docx")) == input_hash("1", place)
