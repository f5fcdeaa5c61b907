"""What every document says, whole, as text that a reviewer can read; see `tests/golden/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from invented import STAMP, a_form, a_round, several
from test_what_goes_out import NAMES, drafts, nothing_yet, rendered

from commissioning.documents.word.read import read_word
from commissioning.forms.ask import ask_sheets
from commissioning.steps.drafting.schedule import draft_schedule, write_schedule
from commissioning.steps.panel import grid_form
from golden_outlines import FLAG, GOLDEN, compare, outline

if TYPE_CHECKING:
    from pathlib import Path

    from golden_outlines import SameAsGolden


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_was_reviewed(name: str, same_as_golden: SameAsGolden) -> None:
    same_as_golden(name, outline(read_word(rendered(name, drafts()[name]), f"{name}.docx")))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_before_anything_has_happened_says_what_was_reviewed(
    name: str, same_as_golden: SameAsGolden
) -> None:
    same_as_golden(f"{name}-empty", outline(read_word(rendered(name, nothing_yet()[name]), f"{name}.docx")))


def test_the_schedule_says_what_was_reviewed(same_as_golden: SameAsGolden) -> None:
    same_as_golden("schedule", outline(write_schedule(draft_schedule(a_round(), a_form(), several(), STAMP))))


def test_a_schedule_of_nobody_says_what_was_reviewed(same_as_golden: SameAsGolden) -> None:
    said = outline(write_schedule(draft_schedule(a_round(), a_form(), (), STAMP)))
    assert "£0" not in said
    assert said.count("No bid is included yet.") == len(a_round().pots) + 1
    same_as_golden("schedule-empty", said)


def test_the_grid_workbook_says_what_was_reviewed(same_as_golden: SameAsGolden) -> None:
    form, prefilled = grid_form(a_round(), several(), 1)
    same_as_golden("joint_grid_workbook", outline(ask_sheets(form, prefilled)))


def test_no_golden_file_is_left_over() -> None:
    names = {*NAMES, *(f"{name}-empty" for name in NAMES), "schedule", "schedule-empty", "joint_grid_workbook"}
    assert {path.stem for path in GOLDEN.iterdir()} == names


def test_golden_files_are_written_only_when_asked(pytestconfig: pytest.Config) -> None:
    option = pytestconfig._parser.parse_known_args([])  # what stands when no flag is given
    assert getattr(option, FLAG.strip("-").replace("-", "_")) is False


def test_a_missing_golden_file_is_a_failure_and_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"letter\.md is missing"):
        compare("letter", "Dear all\n", folder=tmp_path, regenerate=False)
    assert not list(tmp_path.iterdir())


def test_a_difference_from_the_golden_file_is_a_failure_until_it_is_written_anew(tmp_path: Path) -> None:
    compare("letter", "Dear all\n", folder=tmp_path, regenerate=True)
    compare("letter", "Dear all\n", folder=tmp_path, regenerate=False)
    with pytest.raises(AssertionError, match=r"Not what letter\.md says"):
        compare("letter", "Dear both\n", folder=tmp_path, regenerate=False)
