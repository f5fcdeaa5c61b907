from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRESETS = ("templates", "assessments", "submissions/da-sa-2021/received")


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run to the end, free of this process's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMISSIONING_", "PYTHON"))}
    return subprocess.run(
        [str(word) for word in words], cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, ROOT),
        folder=folder,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("commissioning-*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, and only the dependencies of this one.

    A path file shows the new environment this one's packages; the checkout, installed here by a path file of its own,
    stays unseen, because path files are not read twice over.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    done = run(
        *(sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--no-deps", "--no-index", wheel),
        folder=home,
    )
    assert done.returncode == 0, done.stderr
    where = run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home)
    Path(where.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return scripts / "commissioning"


def preset_files(folder: Path) -> set[str]:
    """Every file of the presets below `folder`, as the version control of the checkout would keep it."""
    found = (path for preset in PRESETS for path in (folder / preset).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_carries_the_presets_as_they_stand_in_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    carried = tmp_path / "commissioning" / "presets"
    assert preset_files(ROOT)
    assert preset_files(carried) == preset_files(ROOT)
    for name in sorted(preset_files(ROOT)):
        assert (carried / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_wheel_carries_nothing_an_office_received_or_issued_itself(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if "/presets/submissions/" in name]
    assert names
    assert {name.split("/presets/submissions/")[1].rpartition("/")[0].split("/")[1] for name in names} == {"received"}


def test_a_new_workspace_is_made_from_an_installed_wheel(installed: Path, tmp_path: Path) -> None:
    code = run(
        *(installed.with_name("python"), "-c", "import commissioning; print(commissioning.__file__)"), folder=tmp_path
    )
    assert str(ROOT) not in code.stdout
    made = run(installed, "init", "office", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    rounds = run(installed, "rounds", folder=tmp_path / "office")
    assert rounds.returncode == 0, rounds.stderr
    assert "da-sa-2021" in rounds.stdout


def test_the_door_of_a_checkout_is_the_same_command(installed: Path, tmp_path: Path) -> None:
    by_door = run(sys.executable, ROOT / "cli.py", "--help", folder=tmp_path)
    by_command = run(installed, "--help", folder=tmp_path)
    assert by_door.returncode == 0, by_door.stderr
    assert by_door.stdout == by_command.stdout


def test_the_door_says_what_to_do_when_the_dependencies_are_not_there(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python"
    said = run(python, ROOT / "cli.py", "rounds", folder=tmp_path)
    assert said.returncode == 1
    assert "Make the virtual environment first" in said.stderr
    assert "Traceback" not in said.stderr
