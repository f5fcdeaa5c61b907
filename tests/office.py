"""A small office for tests: a workspace, a handful of invented bids, e-mails as a server kept them, its commands."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

import docx
import openpyxl

from commissioning.cli import main
from commissioning.config.rounds import read_round_and_form
from commissioning.documents.tree import Document
from commissioning.documents.word.write import write_word
from commissioning.edge.presets import create_workspace, presets
from commissioning.edge.workspace import Workspace
from commissioning.forms.ask import ask
from commissioning.forms.fill import fill
from commissioning.stages.opened import texts

ROUND: Final = "da-sa-2021"
OFFICER: Final = "A. Officer"
SERVER: Final = "mx.herts-opcc.example"
FORM_ISSUED: Final = "2021-02-10T10:00"
FRIDAY: Final = "2021-02-26T16:00"
MONDAY: Final = "2021-03-01T10:00"

Typed = dict[str, str]
DOCUMENTS: Final = (
    "accounts",
    "constitution",
    "safeguarding_children",
    "safeguarding_adults",
    "equality",
    "data_protection",
)
HELPLINE: Final = {
    "works_in": "All of England and Wales, or the United Kingdom",
    "delivery_declared": "National: for people anywhere",
    "open_everywhere": "Yes",
    "share_clients_local": "2%",
    "share_money_local": "3%",
    "share_posts_local": "0%",
    "premises": "No",
    "premises_postcode": "",
}
UNCLEAR: Final = {
    "works_in": "Three or more regions of England",
    "share_clients_local": "60%",
    "share_money_local": "60%",
    "share_posts_local": "50%",
}
"""A national organisation whose facts do not all point one way."""


def bid(name: str, stream: str = "Independent Domestic Violence Adviser posts", **changed: str) -> Typed:
    """What a provider of this name types into the form: complete and eligible, but for what is `changed`.

    An argument named with `__` is the control named with a full stop: `budget__total__total`.
    """
    slug = name.split(maxsplit=1)[0].lower()
    typed = {
        "organisation_name": name,
        "organisation_type": "Registered charity",
        "charity_number": "1999001",
        "works_in": "Hertfordshire only, or part of it",
        "represents_national": "No",
        "contact_name": f"Casey {slug.title()}ford",
        "contact_email": f"casey@{slug}.example",
        "stream": stream,
        "service_name": f"{name} service",
        "summary": "Two advisers for women at high risk in Stevenage.",
        "start_date": "1 April 2021",
        "end_date": "31 March 2022",
        "existing_provision": "It works beside the advisers there are.",
        "free_of_charge": "Yes",
        "cope_and_recover": "Yes",
        "delivery_declared": "Local: for people in Hertfordshire",
        "open_everywhere": "No",
        "share_clients_local": "100%",
        "share_money_local": "100%",
        "share_posts_local": "100%",
        "share_subcontracted": "0%",
        "premises": "Yes",
        "premises_postcode": "SG1 9ZZ",
        "referral_pathway": "Yes",
        "reach.1.district": "Stevenage",
        "reach.1.group": "Women",
        "reach.1.service": "Independent Domestic Violence Adviser (IDVA)",
        "reach.1.people": "70",
        "evidence_of_need": "Our case records of 2020: 188 referrals, 19 of them turned away.",
        "by_and_for": "No",
        "strategy_links.1.priority": "Victims cope",
        "strategy_links.1.claim": "70 women a year, risk measured at the start and at closing.",
        "total_requested": "24000",
        "minimum_award": "20000",
        "budget.salaries.2021-22": "20000",
        "budget.salaries.total": "20000",
        "budget.travel.2021-22": "4000",
        "budget.travel.total": "4000",
        "budget.total.2021-22": "24000",
        "budget.total.total": "24000",
        "double_funding": "No",
        **{f"documents.{each}.attached": "Attached" for each in DOCUMENTS},
        "declaration_true": "Yes",
        "declaration_share": "Yes",
        "signatory_name": f"Sam {slug.title()}well",
    }
    typed |= {control.replace("__", "."): text for control, text in changed.items()}
    return {control: text for control, text in typed.items() if text}


def papers(name: str) -> dict[str, bytes]:
    """The six papers the round asks for, as PDFs of a page."""
    titles = (
        "Latest accounts",
        "Governing document",
        "Safeguarding policy for children",
        "Safeguarding policy for adults",
        "Equality and diversity policy",
        "Data protection policy",
    )
    return {f"{title}.pdf": pdf(f"{title} of {name}") for title in titles}


def pdf(says: str) -> bytes:
    """A PDF of one page: small, and enough for what is kept and not read."""
    page, fonts = f"BT /F1 12 Tf 72 720 Td ({says}) Tj ET", "/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n".encode()


@cache
def blank() -> Document:
    """The provider's form of the preset round, as a tree."""
    workspace = Workspace(root=presets(), actor=None, now=datetime(2021, 2, 1, tzinfo=UTC))
    return ask(read_round_and_form(texts(workspace, ROUND), ROUND)[1])


@cache
def _word(typed: tuple[tuple[str, str], ...]) -> bytes:
    return write_word(fill(blank(), dict(typed)), house=(presets() / "templates" / "house.docx").read_bytes())


def word(typed: Mapping[str, str]) -> bytes:
    """The filled form as a Word file."""
    return _word(tuple(sorted(typed.items())))


def mail(
    *,
    sender: str,
    received: str = "2021-02-25T11:02:07+00:00",
    date: str = "2021-02-25T11:00:00+00:00",
    subject: str = "Our bid",
    files: Mapping[str, bytes] | None = None,
    server: str = SERVER,
    body: str = "Please find our bid attached.",
) -> bytes:
    """An e-mail as the office's server kept it: its Received line says when, the Date is the sender's word."""
    message = EmailMessage(policy=SMTP)
    if received:
        when = format_datetime(datetime.fromisoformat(received))
        message["Received"] = f"from out.{sender.partition('@')[2]} by {server} with ESMTPS id 1; {when}"
    message["From"], message["To"], message["Subject"] = sender, "bids@herts-opcc.example", subject
    message["Date"] = format_datetime(datetime.fromisoformat(date))
    message.set_content(body)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@dataclass(frozen=True)
class Answered:
    """What one command did: its exit code, and what it said on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All it said, on one line, as a person reads it."""
        return " ".join(f"{self.out} {self.err}".split())

    @property
    def json(self) -> Any:
        """Its stdout as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Office:
    """A workspace and the commands somebody types in it."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: object, now: str = FRIDAY, by: str = OFFICER, code: int | None = 0) -> Answered:
        """Type a command, as `by`, at `now`; the exit code must be `code` unless that is None."""
        known = {"COMMISSIONING_WORKSPACE": str(self.root), "COMMISSIONING_NOW": now}
        if by:
            known["COMMISSIONING_AS"] = by
        out, err, ended = io.StringIO(), io.StringIO(), 0
        with (
            mock.patch.dict(os.environ, {**known, **self.environment}),
            mock.patch.object(sys, "argv", ["commissioning", *map(str, words)]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                ended = int(end.code or 0)
        answered = Answered(ended, out.getvalue(), err.getvalue())
        assert code is None or ended == code, f"{words} ended with {ended}, not {code}:\n{answered.out}{answered.err}"
        return answered

    def process(self, *words: object, now: str = FRIDAY, **environment: str) -> Answered:
        """Type a command in a process of its own."""
        known = {"COMMISSIONING_NOW": now, "COMMISSIONING_AS": OFFICER, **self.environment, **environment}
        done = subprocess.run(
            [sys.executable, "-m", "commissioning", *map(str, words)],
            cwd=self.root,
            env={**os.environ, **known},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Answered(done.returncode, done.stdout, done.stderr)

    def put(self, name: str, content: bytes) -> Path:
        """Save a file where mail and post lie before they are received."""
        file = self.root.parent / "inbox" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def receive(self, *files: Path, now: str = FRIDAY) -> Answered:
        """Register files that came and accept every proposal that is certain."""
        received = self.run("receive", ROUND, *files, now=now)
        self.run("assign", ROUND, "accept", "--all", now=now)
        return received

    def numbers(self) -> list[str]:
        """The numbers of the proposals that are open."""
        return [str(each["number"]) for each in self.run("assign", ROUND, "--json").json]

    def dossiers(self, now: str = FRIDAY) -> dict[str, Any]:
        """Everything known about every bid, by its number."""
        return {each["bid"]["id"]: each for each in self.run("show", ROUND, "--json", now=now).json}

    def acts(self, kind: str = "") -> list[dict[str, Any]]:
        """The acts on record, of one kind if one is named."""
        every = self.run("history", ROUND, "--json").json
        return [each for each in every if kind in ("", each["kind"])]

    def issued(self, name: str) -> Path:
        """An issued file."""
        return self.root / "submissions" / ROUND / "issued" / name

    def copy(self, to: Path) -> Office:
        """The same office elsewhere."""
        shutil.copytree(self.root, to / "office")
        return Office(to / "office", self.environment)

    def tree(self) -> dict[str, str]:
        """A hash of every file of the workspace; a folder's is empty."""
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            if path.is_file()
            else ""
            for path in sorted(self.root.rglob("*"))
            if not path.name.startswith("commissioning.lock")
        }


def new_office(folder: Path) -> Office:
    """A new workspace with the preset round, its form not yet issued."""
    create_workspace(folder / "office", demonstration=False)
    return Office(folder / "office")


ALDER, BEECH, CEDAR, DOGWOOD, ELM = "Alder House", "Beech Line", "Cedar Trust", "Dogwood Centre", "Elm Partnership"
SEXUAL, ADVISERS = "Independent Sexual Violence Adviser posts", "Independent Domestic Violence Adviser posts"

EXPLAINED: Final = {
    "documents_explained": "They follow by post.",
    **{f"documents__{each}__attached": "Not attached" for each in DOCUMENTS},
}
MAILS: Final = {
    "alder.eml": (bid(ALDER), "2021-02-25T11:02:07+00:00"),
    "beech.eml": (bid(BEECH, **HELPLINE, **EXPLAINED), "2021-02-25T12:00:00+00:00"),
    "cedar.eml": (
        bid(CEDAR, SEXUAL, summary="", total_requested="twelve thousand", budget__total__total="25000", **EXPLAINED),
        "2021-02-25T13:00:00+00:00",
    ),
    "dogwood.eml": (bid(DOGWOOD, SEXUAL, **EXPLAINED), "2021-02-27T00:01:00+00:00"),
    "elm.eml": (bid(ELM, **UNCLEAR, **EXPLAINED), "2021-02-25T14:00:00+00:00"),
}
"""Five bids, B01 to B05: complete; a national helpline; faulty; a minute late; unclear whether national."""


def mailed(typed: Typed, received: str) -> bytes:
    """A bid as an e-mail; a bid that explains no absence brings its six papers, any other its accounts alone."""
    name = typed["organisation_name"]
    every = papers(name)
    brought = {"Latest accounts.pdf": every["Latest accounts.pdf"]} if "documents_explained" in typed else every
    return mail(sender=typed["contact_email"], received=received, files={f"{name} form.docx": word(typed), **brought})


@cache
def _busy() -> Path:
    """The folder of an office that has issued its form, and received and read the five bids; made once."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    office = new_office(folder)
    office.run("form", ROUND, now=FORM_ISSUED)
    for name, (typed, received) in MAILS.items():
        office.put(name, mailed(typed, received))
    office.receive(*(folder / "inbox" / name for name in MAILS), now=MONDAY)
    return folder


def busy_office(folder: Path) -> Office:
    """An office that has issued its form and received and read the five bids."""
    shutil.copytree(_busy(), folder, dirs_exist_ok=True)
    return Office(folder / "office")


def words_of(file: Path | bytes, name: str = "") -> str:
    """What an issued Word file or workbook says, a line for each paragraph or row, read by other programs than ours."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    if (name or str(file)).endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join(" | ".join(str(value) for value in row if value is not None) for row in rows)
    document = docx.Document(io.BytesIO(content))
    lines = [*(each.text for each in document.paragraphs)]
    for table in document.tables:
        lines += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    for section in document.sections:
        lines += [each.text for each in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(lines)
