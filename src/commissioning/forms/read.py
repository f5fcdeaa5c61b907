"""Reading one file against one form, whatever it is: what a worker process does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from commissioning.documents.flat import flat_text
from commissioning.documents.kinds import Kind, kind_of
from commissioning.documents.mail import read_mail
from commissioning.documents.pdf import describe_pdf
from commissioning.documents.tree import Document, Paragraph, Piece, pieces
from commissioning.documents.word.read import read_word
from commissioning.documents.workbook.read import read_workbook
from commissioning.errors import DocumentError
from commissioning.findings import Finding, Place, Severity
from commissioning.forms.ask import ask_sheets
from commissioning.forms.ledger import cross_check
from commissioning.forms.match import NONE, read_form
from commissioning.model.bid import Read, Reading, Value
from commissioning.model.form import Form

READING_VERSION = "1"
"""Changes when the same file would be read differently; readings made before are then made again."""


PDF_REMEDY = "Ask for the Word file, or type what it says with `correct`; as an annex it needs no reading."


class ReadTask(NamedTuple):
    """A file's bytes, name and hash, and the form to read it against, as JSON."""

    content: bytes
    name: str
    sha256: str
    form: str


def read_task(task: ReadTask) -> str:
    """What came of reading the file, as the JSON of a `Read`."""
    return read_file(task.content, task.name, task.sha256, Form.model_validate_json(task.form)).model_dump_json()


def read_file(content: bytes, name: str, sha256: str, form: Form) -> Read:
    """The reading of a file, or the reason there is none; never an exception for what a stranger sent.

    That a PDF is not read is a note, not an error: most of them are annexes, which need no reading.
    """
    try:
        return Read(file=sha256, name=name, reading=read(content, name, form))
    except DocumentError as error:
        failure = Finding(
            code="not-readable",
            severity=Severity.NOTE if kind_of(content) is Kind.PDF else Severity.ERROR,
            message=f"{error.problem} {error.remedy}",
            place=Place(file=name),
        )
        return Read(file=sha256, name=name, failure=failure)


def read(content: bytes, name: str, form: Form, prefilled: Mapping[str, Value] = NONE) -> Reading:
    """Every answer and every run of text of a Word file, a workbook or an e-mail's own text.

    `prefilled` is what the office had filled in before the form went out. Raises `DocumentError`, with a plain
    sentence and the remedy, for what cannot be read.
    """
    kind = kind_of(content)
    if kind is Kind.WORKBOOK:
        blank = ask_sheets(form, prefilled)
        return read_form(read_workbook(content, name), form, prefilled=prefilled, blank=blank)
    if kind is Kind.MAIL:
        return read_form(mail_text(content, name), form)
    if kind is Kind.PDF:
        raise DocumentError(name, str(describe_pdf(content, name)), PDF_REMEDY)
    document = read_word(content, name)
    missed = cross_check(pieces(document), flat_text(content), name)
    return read_form(replace(document, findings=(*document.findings, *missed)), form, prefilled=prefilled)


def mail_text(content: bytes, name: str) -> Document:
    """The text of an e-mail itself, a paragraph for each line."""
    lines = read_mail(content, name).body.splitlines()
    places = [Place(file=name, path=f"line {number}") for number in range(1, len(lines) + 1)]
    blocks = tuple(
        Paragraph(pieces=(Piece(text=line, place=place),), place=place)
        for line, place in zip(lines, places, strict=True)
    )
    return Document(file=name, blocks=blocks)
