from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKIPPED = "import pytest\n\ndef test_a():\n    pytest.skip('needs a printer')\n\ndef test_b():\n    assert True\n"
PASSED = "def test_b():\n    assert True\n"


def run_tests(folder: Path, source: str, *options: str, **environment: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COMMISSIONING_"))}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no_skips", "-p", "no:cacheprovider", "-rs", *options, str(folder)],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(HERE), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ended.returncode, ended.stdout


def test_a_skipped_test_passes_on_a_newcomers_machine(tmp_path: Path) -> None:
    code, output = run_tests(tmp_path, SKIPPED)
    assert code == pytest.ExitCode.OK
    assert "needs a printer" in output


@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_skipped_test_fails_the_run_where_none_may_be(tmp_path: Path, workers: str) -> None:
    code, output = run_tests(tmp_path, SKIPPED, "--no-skips", "-n", workers)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "1 skipped, and --no-skips allows none" in output


def test_the_environment_turns_the_rule_on(tmp_path: Path) -> None:
    code, _ = run_tests(tmp_path, SKIPPED, COMMISSIONING_NO_SKIPS="1")
    assert code == pytest.ExitCode.TESTS_FAILED


def test_a_run_without_skips_passes_under_the_rule(tmp_path: Path) -> None:
    code, output = run_tests(tmp_path, PASSED, "--no-skips")
    assert code == pytest.ExitCode.OK
    assert "allows none" not in output


def test_a_whole_file_skipped_counts_as_skipped(tmp_path: Path) -> None:
    whole = "import pytest\npytest.skip('needs a scanner', allow_module_level=True)\n"
    (tmp_path / "test_other.py").write_text(PASSED, encoding="utf-8")
    code, _ = run_tests(tmp_path, whole, "--no-skips")
    assert code == pytest.ExitCode.TESTS_FAILED
