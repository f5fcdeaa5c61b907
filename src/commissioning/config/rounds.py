"""A round's files → a `Round` and its `Form`, or every fault of all of them at once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from commissioning.config.deadlines import DeadlinesAsWritten, Period
from commissioning.config.exact import Complaint
from commissioning.config.forms import FormAsWritten, asked_questions, read_bank, read_form, written_form
from commissioning.config.round_checks import FORM_CHECKS, ROUND_CHECKS
from commissioning.config.strict import Fields, read_fields
from commissioning.errors import RoundError
from commissioning.model.form import Form, Question
from commissioning.model.round import Round

BANK_PATH = "assessments/questions.yaml"


class RoundAsWritten(Round):
    """A round file: a round with its instants and periods in short."""

    deadlines: DeadlinesAsWritten
    reply_period: Period
    right_to_reply: Period


def round_path(round_id: str) -> str:
    """Where a round's own file lies."""
    return f"assessments/{round_id}/round.yaml"


def round_files(round_id: str, round_text: str) -> tuple[str, ...]:
    """Return the paths a round needs: its own file, its form, the bank, and the needs and strategy it names.

    A name that cannot be read from the text, or leads out of `assessments`, is left out; `read_round` says why.
    """
    written = read_fields(RoundAsWritten, round_text, round_path(round_id))
    return tuple(path for path in _paths(round_id, written).values() if _is_inside(path))


def read_round(files: Mapping[str, str], round_id: str) -> Round:
    """Read the round from the texts of `round_files`, by path. Raises `RoundError` with every fault of all files."""
    return read_round_and_form(files, round_id)[0]


def read_round_and_form(files: Mapping[str, str], round_id: str) -> tuple[Round, Form]:
    """Read both at once. Raises `RoundError` with every fault of all files."""
    path = round_path(round_id)
    if path not in files:
        raise RoundError([f"{path}: there is no such file; `commissioning rounds` lists the rounds there are"])
    written = read_fields(RoundAsWritten, files[path], path)
    written = written.with_complaints(_round_faults(written, files, round_id))
    questions, bank_faults = _read_bank(files)
    form = _read_form(files, _paths(round_id, written).get("form", ""), questions)
    if form and form.has("sections") and questions:
        written = written.with_complaints(_against_form(written, asked_questions(form.partial, questions)))
    faults = (*written.sentences, *(form.sentences if form else ()), *bank_faults)
    if faults or form is None:
        raise RoundError(faults)
    return Round.model_validate(written.partial.model_dump()), written_form(form.partial, questions)


def _read_bank(files: Mapping[str, str]) -> tuple[dict[str, Question], tuple[str, ...]]:
    """The questions by id, none when they cannot be read, and what is wrong with them."""
    if BANK_PATH not in files:
        return {}, ()
    bank = read_bank(files[BANK_PATH], BANK_PATH)
    questions = bank.partial.questions if bank.has("questions") else ()
    return {each.id: each for each in questions}, bank.sentences


def _read_form(files: Mapping[str, str], path: str, bank: Mapping[str, Question]) -> Fields[FormAsWritten] | None:
    return read_form(files[path], path, bank) if path in files else None


def _paths(round_id: str, written: Fields[RoundAsWritten]) -> dict[str, str]:
    """The path of each file, by the key that names it."""
    paths = {"round": round_path(round_id), "questions": BANK_PATH}
    for key, folder in (("form", f"assessments/{round_id}"), ("needs", "assessments"), ("strategy", "assessments")):
        if written.has(key):
            paths[key] = posixpath.normpath(posixpath.join(folder, getattr(written.partial, key)))
    return paths


def _is_inside(path: str) -> bool:
    """Whether the path stays in `assessments` on every system: on Windows a backslash or a colon leads elsewhere."""
    return path.startswith("assessments/") and not set(path) & set("\\:")


def _round_faults(written: Fields[RoundAsWritten], files: Mapping[str, str], round_id: str) -> Iterator[Complaint]:
    yield from _file_faults(_paths(round_id, written), files)
    if written.has("id") and written.partial.id != round_id:
        yield ("id",), f"`id` says `{written.partial.id}`, but the round's folder is `{round_id}`"
    for needed, check in ROUND_CHECKS:
        if written.has(*needed):
            yield from check(written.partial)


def _against_form(written: Fields[RoundAsWritten], asked: Mapping[str, Question]) -> Iterator[Complaint]:
    for needed, check in FORM_CHECKS:
        if written.has(*needed):
            yield from check(written.partial, asked)


def _file_faults(paths: Mapping[str, str], files: Mapping[str, str]) -> Iterator[Complaint]:
    for key, path in paths.items():
        if not _is_inside(path):
            yield (
                (key,),
                f"`{key}` leads out of the folder `assessments`; name a file inside it, like `folder/file.yaml`",
            )
        elif path not in files:
            yield (key,), f"`{key}` needs {path}, which is not there"
