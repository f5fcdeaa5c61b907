"""A new workspace from the presets."""

from pathlib import Path

import pytest

from commissioning.edge.presets import DEMONSTRATION, create_workspace, presets, synced_folder_warning
from commissioning.edge.workspace import find_workspace
from commissioning.errors import StoreError


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_checkout_gives_its_own_folders_as_presets() -> None:
    assert (presets() / "templates").is_dir()
    assert (presets() / "assessments").is_dir()


def test_a_new_workspace_has_the_presets_and_can_be_found(tmp_path: Path) -> None:
    create_workspace(tmp_path / "county", demonstration=False)
    assert find_workspace(tmp_path / "county" / "submissions") == (tmp_path / "county").resolve()
    assert below(tmp_path / "county" / "submissions") == set()
    assert below(tmp_path / "county" / "assessments") == below(presets() / "assessments")
    ignored = (tmp_path / "county" / ".gitignore").read_text()
    assert "commissioning.db*" in ignored
    assert "submissions/*" in ignored
    assert not list((tmp_path / "county").glob(".init-*"))


@pytest.mark.skipif(
    not (presets() / "submissions" / DEMONSTRATION / "received").is_dir(), reason="the demonstration is not built yet"
)
def test_the_demonstration_brings_its_deliveries_and_no_other_submission(tmp_path: Path) -> None:
    create_workspace(tmp_path, demonstration=True)
    received = Path("submissions") / DEMONSTRATION / "received"
    assert below(tmp_path / received) == below(presets() / received)
    assert {path.name for path in (tmp_path / "submissions").iterdir()} == {DEMONSTRATION}
    assert {path.name for path in (tmp_path / "submissions" / DEMONSTRATION).iterdir()} == {"received"}


@pytest.mark.parametrize("taken", ["templates", "assessments", "submissions", "commissioning.db", ".gitignore"])
def test_a_folder_that_holds_a_workspace_already_is_left_alone(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir()
    with pytest.raises(StoreError, match=f"{taken} stands there already. Choose another folder"):
        create_workspace(tmp_path, demonstration=False)
    assert [path.name for path in tmp_path.iterdir()] == [taken]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file.county: "):
        create_workspace(tmp_path / "file" / "county", demonstration=False)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Hertfordshire PCC/rounds", "OneDrive"),
        ("Dropbox/rounds", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive/My Drive", "Google Drive"),
        ("CloudStorage/GoogleDrive-jane@example.org", "Google Drive"),
    ],
)
def test_a_synced_folder_is_warned_about_by_name(tmp_path: Path, folder: str, service: str) -> None:
    assert f"{service} copies to its servers" in (synced_folder_warning(tmp_path / folder) or "")


def test_any_other_folder_brings_no_warning() -> None:
    assert synced_folder_warning(Path("/srv/commissioning/dropped")) is None
