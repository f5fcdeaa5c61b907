"""Builds what arrived in the demonstration round: `submissions/da-sa-2021/received/`, and the truth about it.

Run from the top of the repository, with LibreOffice and poppler installed: `python tests/build/demonstration.py`. The
files are committed as bytes; build them again when the form changes, since each carries the form's code.

The truth is written to `tests/demonstration/truth/` from what was typed, before LibreOffice saves a file: so that a
reader can be held against it that shares nothing with how the file was made.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import deliveries as post
import providers as who
from filling import Filled
from papers import scan, text_pdf
from word_typing import fill_in

from commissioning.config.rounds import read_round_and_form, round_files, round_path
from commissioning.documents.word.write import write_word
from commissioning.forms.ask import ask
from commissioning.model.form import Asked, Form, Kind, Question, Section

ROOT: Final = Path(__file__).parents[2]
ROUND: Final = "da-sa-2021"
RECEIVED: Final = ROOT / "submissions" / ROUND / "received"
TRUTH: Final = ROOT / "tests" / "demonstration" / "truth"
PEN: Final = ((150, 300), (165, 280), (172, 305), (185, 278), (196, 302), (215, 288), (240, 296), (290, 284))

SAFETY_FUND: Final = Form(
    id="community-safety-fund-2020",
    version=2,
    title="Community Safety Fund 2020",
    sections=(
        Section(
            title="Your project",
            asked=tuple(
                Asked(
                    question=Question(id=name, text=text, kind=kind, why="The fund's panel reads it."),
                    number=f"1.{number}",
                )
                for number, (name, text, kind) in enumerate(
                    (
                        ("project_name", "What is the project called?", Kind.TEXT),
                        ("project", "What would you do?", Kind.LONG_TEXT),
                        ("grant", "How much do you ask for?", Kind.MONEY),
                        ("police_area", "Which neighbourhood policing team have you spoken to?", Kind.TEXT),
                    ),
                    start=1,
                )
            ),
        ),
    ),
    code="community-safety-fund-2020 v2 5af3c1d2",
)
BRAMBLEWICK: Final = {
    "project_name": "Friday football",
    "project": "Football on the estate on Friday evenings, with a youth worker and soup.",
    "grant": "£4,200.00",
    "police_area": "Sergeant on the estate, by telephone",
}


def main() -> None:
    """Build everything anew."""
    for folder in (RECEIVED, TRUTH):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    form, house = current_form(), (ROOT / "templates" / "house.docx").read_bytes()
    blank = write_word(ask(form), house)
    for filled in who.SENT_AS_FORM:
        write_truth(filled, form)
    forms = fill_all(blank)
    other = other_files(forms, write_word(ask(SAFETY_FUND), house))
    for sent in post.DELIVERIES:
        put(sent, files_of(sent, forms, other))


def current_form() -> Form:
    """The round's form as it would be issued now."""
    first = round_path(ROUND)
    paths = (first, *round_files(ROUND, (ROOT / first).read_text(encoding="utf-8")))
    return read_round_and_form({path: (ROOT / path).read_text(encoding="utf-8") for path in paths}, ROUND)[1]


def fill_all(blank: bytes) -> dict[str, bytes]:
    """Every form filled in, by file name, about half of them saved by LibreOffice."""
    made = {each.file: fill_in(blank, each.typed, over=each.typed_over, below=each.below) for each in who.SENT_AS_FORM}
    again = {each.file: made[each.file] for each in who.SENT_AS_FORM if each.office}
    return made | converted(again, "docx")


def converted(files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """The files as LibreOffice saves them in another kind (or the same), by their old names."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder) / "in" / f"{number}.docx" for number in range(len(files))]
        sources[0].parent.mkdir()
        for source, content in zip(sources, files.values(), strict=True):
            source.write_bytes(content)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        out = Path(folder) / "out"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), *map(str, sources)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return {name: (out / f"{source.stem}.{kind}").read_bytes() for name, source in zip(files, sources, strict=True)}


def other_files(forms: Mapping[str, bytes], safety_fund: bytes) -> dict[str, bytes]:
    """The files that are no form of the round, or none that can be read."""
    printed = converted({each.file: forms[each.file] for each in (who.WICKHAM_ROOM, who.ALDWYN)}, "pdf")
    whole = forms[who.TANNERS.file]
    return {
        post.DAMAGED: whole[: len(whole) * 3 // 5],
        post.AS_PDF: printed[who.WICKHAM_ROOM.file],
        post.SCAN: scan(printed[who.ALDWYN.file], signature=PEN),
        post.WRONG_FORM: fill_in(safety_fund, BRAMBLEWICK),
    }


def files_of(sent: post.Sent, forms: Mapping[str, bytes], other: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of one delivery, by name."""
    papers = {each.file: text_pdf(each.file.removesuffix(".pdf"), each.says) for each in sent.papers}
    return {each.file: forms[each.file] for each in sent.forms} | {name: other[name] for name in sent.other} | papers


def put(sent: post.Sent, files: Mapping[str, bytes]) -> None:
    """Lay a delivery where the office saved it."""
    path = RECEIVED / sent.path
    if not sent.by_hand:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(post.mail_of(sent, files))
        return
    path.mkdir(parents=True)
    for name, content in files.items():
        (path / name).write_bytes(content)


# The truth


def write_truth(filled: Filled, form: Form) -> None:
    """Write what was typed: by question, a table as its rows."""
    answers: dict[str, str | list[dict[str, str]]] = {}
    for asked in form.asked:
        if asked.question.kind is Kind.TABLE:
            answers[asked.id] = table_of(filled.typed, asked.question)
        else:
            answers[asked.id] = filled.typed.get(asked.id, "")
    truth = {
        "file": filled.file,
        "saved by LibreOffice": filled.office,
        "below": list(filled.below.values()),
        "answers": answers,
    }
    path = TRUTH / f"{slug(filled.file)}.json"
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def table_of(typed: Mapping[str, str], question: Question) -> list[dict[str, str]]:
    """The rows of a table from the top down, each with its name under "row"."""
    rows: dict[str, dict[str, str]] = {row.id: {"row": row.id} for row in question.rows}
    for name, text in typed.items():
        head, _, rest = name.partition(".")
        if head == question.id:
            row, _, column = rest.partition(".")
            rows.setdefault(row, {"row": row})[column] = text
    return [cells for cells in rows.values() if len(cells) > 1]


def slug(name: str) -> str:
    """A file name without what file systems disagree on."""
    plain = unicodedata.normalize("NFKD", name.removesuffix(".docx")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


if __name__ == "__main__":
    main()
