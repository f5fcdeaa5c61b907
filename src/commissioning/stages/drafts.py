"""Drafts: what each document would say if it were issued now, and how it is rendered once it has its stamp."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import BaseModel

from commissioning.documents.package import write_package
from commissioning.documents.template import render_template
from commissioning.documents.tree import Document
from commissioning.documents.word.write import write_word
from commissioning.documents.workbook.write import write_workbook
from commissioning.edge import results
from commissioning.edge.workspace import Workspace
from commissioning.errors import DocumentError, EvidenceError, TemplateError
from commissioning.forms.ask import ask, ask_sheets
from commissioning.model.award import Dossier, Stamp
from commissioning.model.screening import Standing
from commissioning.stages.assessment import exclusion_option
from commissioning.stages.award import QUERIES, signatures, still_open
from commissioning.stages.opened import Opened
from commissioning.steps.assigning import alike
from commissioning.steps.checking import for_the_provider
from commissioning.steps.drafting.bid_copy import draft_bid_copy
from commissioning.steps.drafting.joint_grid import draft_joint_grid
from commissioning.steps.drafting.making import find_role, show_role
from commissioning.steps.drafting.manifest import PackedFile, draft_manifest
from commissioning.steps.drafting.needs_assessment import draft_needs_assessment
from commissioning.steps.drafting.pack_cover import draft_pack_cover
from commissioning.steps.drafting.panel_report import draft_panel_report
from commissioning.steps.drafting.queries import Queries, draft_queries
from commissioning.steps.drafting.schedule import draft_schedule, write_schedule
from commissioning.steps.drafting.screening_log import draft_screening_log
from commissioning.steps.panel import grid_form
from commissioning.steps.reviewing import review_form
from commissioning.values.working_time import add_working

HOUSE = "house"
BEFORE_ISSUE = datetime(1980, 1, 1, tzinfo=UTC)
TO_PUT = frozenset({Standing.EXCLUSION_PUT, Standing.AWAITING_REPLY})

Render = Callable[[Stamp], bytes]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file: a hash of what it says apart from its stamp, and how to make its bytes."""

    says: str
    render: Render
    title: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that could be issued now: its files by name, each with a hash of what it says."""

    document: str
    says: dict[str, str]
    render: Callable[[Stamp], Mapping[str, bytes]]
    provisional: bool = False
    options: dict[str, str] = field(default_factory=dict)
    bids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a draft is made from: the round as it stands, its dossiers, and the templates."""

    workspace: Workspace
    opened: Opened
    dossiers: tuple[Dossier, ...]

    def paper(self, template: str, title: str, draft: Callable[[Stamp], BaseModel]) -> Paper:
        """A Word file from a template and the context that `draft` makes of a stamp."""
        content = self.workspace.template(template)

        def render(stamp: Stamp) -> bytes:
            with fitting(template):
                return render_template(content, f"{template}.docx", draft(stamp).model_dump(), properties={})

        says = results.input_hash("paper", content, draft(self.unstamped(template)).model_dump_json())
        return Paper(says=says, render=render, title=title)

    def unstamped(self, name: str) -> Stamp:
        """The stamp of no version, for comparing what is said; an amendment is something new to say."""
        return unstamped(stamp_name=name).with_changes(amendments=self.opened.amendments)

    def sheets(self, title: str, make: Callable[[Stamp], Document]) -> Paper:
        """A workbook from the tree that `make` makes of a stamp."""

        def render(stamp: Stamp) -> bytes:
            return write_workbook(make(stamp))

        says = results.input_hash("sheets", render(self.unstamped(title)))
        return Paper(says=says, render=render, title=title)


@contextmanager
def fitting(template: str) -> Iterator[None]:
    """Call a template that cannot be opened the office's own fault: no sender is to be asked for another."""
    try:
        yield
    except DocumentError as error:
        raise TemplateError(
            f"templates/{template}.docx: {error.problem} Put it back, or copy it from a new workspace."
        ) from error


def unstamped(*, stamp_name: str) -> Stamp:
    """The stamp of no version, so that what a draft says can be compared."""
    return Stamp(document=stamp_name, version=0, made_at=BEFORE_ISSUE, chain_head="")


def draft(
    workspace: Workspace, opened: Opened, dossiers: tuple[Dossier, ...], document: str, options: dict[str, str]
) -> Draft:
    """The draft of a document by name; EvidenceError if there is no such document."""
    desk = Desk(workspace, opened, dossiers)
    if document.startswith(QUERIES):
        return queries(desk, document, options)
    makers = {"form": form, "joint-grid": joint_grid, "review": review, "panel-report": panel_report, "pack": pack}
    if document not in makers:
        raise EvidenceError(f"There is no document “{document}”. There are: {', '.join(makers)}, queries/<provider>.")
    return makers[document](desk, options)


def of_papers(
    document: str, papers: Mapping[str, Paper], *, options: dict[str, str], bids: tuple[str, ...] = ()
) -> Draft:
    """A draft whose files are made one by one."""

    def render(stamp: Stamp) -> dict[str, bytes]:
        return {name: paper.render(stamp) for name, paper in papers.items()}

    says = {name: paper.says for name, paper in papers.items()}
    return Draft(document=document, says=says, render=render, options=options, bids=bids)


def form(desk: Desk, options: dict[str, str]) -> Draft:
    """The provider's form in Word."""
    house = desk.workspace.template(HOUSE)
    tree = ask(desk.opened.form)

    def render(_: Stamp) -> bytes:
        with fitting(HOUSE):
            return write_word(tree, house=house)

    paper = Paper(says=results.input_hash("form", house, desk.opened.form), render=render)
    return of_papers("form", {f"{desk.opened.round.id}-form.docx": paper}, options=options)


def provider_slug(name: str) -> str:
    """A provider's name as a file name; "" for one without a Latin letter or figure."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def providers_to_ask(opened: Opened, dossiers: tuple[Dossier, ...]) -> dict[str, tuple[Dossier, ...]]:
    """The bids of each provider that is asked something, by document name: a query, or a recommended exclusion."""
    theirs = by_provider(tuple(each for each in dossiers if not each.bid.withdrawn))
    asked = {name: query_list(opened, found, unstamped(stamp_name=name)) for name, found in theirs.items()}
    return {name: found for name, found in theirs.items() if asked[name].count or asked[name].rights}


def by_provider(dossiers: tuple[Dossier, ...]) -> dict[str, tuple[Dossier, ...]]:
    """Each provider's bids by document name; two providers never share one, however alike their file names."""
    groups: list[list[Dossier]] = []
    for each in dossiers:
        group = next((group for group in groups if alike(group[0].bid.provider, each.bid.provider)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    slugs = Counter(provider_slug(group[0].bid.provider) for group in groups)
    return {document_name(group[0], slugs): tuple(group) for group in groups}


def document_name(first: Dossier, slugs: Counter[str]) -> str:
    """`queries/<provider>`, with the number of the provider's first bid where the name alone would not do."""
    slug = provider_slug(first.bid.provider)
    alone = slug if slug and slugs[slug] == 1 else f"{slug or 'provider'}-{first.bid.id.lower()}"
    return f"{QUERIES}{alone}"


def query_list(opened: Opened, theirs: tuple[Dossier, ...], stamp: Stamp) -> Queries:
    """What one provider is asked, with replies due as if it were sent at the stamp's instant."""
    hours = opened.round.working_time
    put = tuple(each.with_changes(findings=tuple(filter(for_the_provider, each.findings))) for each in theirs)
    return draft_queries(
        opened.round,
        opened.form,
        theirs[0].provider_name,
        put,
        stamp,
        reply_by=add_working(stamp.made_at, opened.round.reply_period, hours),
        right_to_reply_by=add_working(stamp.made_at, opened.round.right_to_reply, hours),
    )


def queries(desk: Desk, document: str, options: dict[str, str]) -> Draft:
    """Everything one provider is asked, with the reply deadline."""
    asked = providers_to_ask(desk.opened, desk.dossiers)
    if document not in asked:
        some = ", ".join(asked) or "nobody"
        raise EvidenceError(f"“{document}” names nobody who has something to answer. There are: {some}.")
    theirs = asked[document]
    put = exclusion_option(tuple(each for each in theirs if each.screening.standing in TO_PUT))
    paper = desk.paper("queries", "Queries", lambda stamp: query_list(desk.opened, theirs, stamp))
    bids = tuple(each.bid.id for each in theirs)
    return of_papers(document, {f"{document}.docx": paper}, options={**options, **put}, bids=bids)


def joint_grid(desk: Desk, options: dict[str, str]) -> Draft:
    """The joint meeting's grid: one page a bid in Word, one row a bid in Excel."""
    opened = desk.opened

    def page(stamp: Stamp) -> BaseModel:
        return draft_joint_grid(
            opened.round, opened.form, desk.dossiers, stamp, assessment=opened.needs, strategy=opened.strategy
        )

    def sheets(stamp: Stamp) -> Document:
        grid, prefilled = grid_form(opened.round, desk.dossiers, stamp.version)
        return ask_sheets(grid, prefilled)

    papers = {
        "joint-grid.docx": desk.paper("joint_grid", "Joint assessment grid", page),
        "joint-grid.xlsx": desk.sheets("Joint assessment grid", sheets),
    }
    return of_papers("joint-grid", papers, options=options)


def review(desk: Desk, options: dict[str, str]) -> Draft:
    """What was noticed about the answers, to be corrected in Excel and returned."""

    def sheets(stamp: Stamp) -> Document:
        asked, prefilled = review_form(desk.opened.form, desk.dossiers, stamp.version)
        return ask_sheets(asked, prefilled)

    return of_papers("review", {"review.xlsx": desk.sheets("Review of answers", sheets)}, options=options)


def panel_report(desk: Desk, options: dict[str, str]) -> Draft:
    """The report on every bid to whoever decides."""
    return of_papers("panel-report", {"panel-report.docx": report_paper(desk)}, options=options)


def report_paper(desk: Desk) -> Paper:
    """The panel report as a file."""
    opened = desk.opened

    def context(stamp: Stamp) -> BaseModel:
        return draft_panel_report(
            opened.round,
            opened.form,
            desk.dossiers,
            stamp,
            assessment=opened.needs,
            strategy=opened.strategy,
            open_items=still_open(opened, desk.dossiers),
            submitted_by=show_role(find_role(opened.round, "officer")),
            decision_maker=show_role(find_role(opened.round, "commissioner")),
        )

    return desk.paper("panel_report", "Panel report", context)


def pack(desk: Desk, options: dict[str, str]) -> Draft:
    """The submission pack: every paper, the cover that lists them, the manifest, and one zip of all."""
    provisional = options.get("provisional") == "yes"
    papers = pack_papers(desk)

    def render(stamp: Stamp) -> dict[str, bytes]:
        made = {name: paper.render(stamp) for name, paper in papers.items()}
        packed = tuple(
            PackedFile(name=name, title=papers[name].title, sha256=results.digest(content))
            for name, content in made.items()
        )
        made["cover.docx"] = cover_paper(desk, packed).render(stamp)
        made["manifest.json"] = manifest(desk, packed, stamp)
        folder = {f"pack/{name}": content for name, content in made.items()}
        return {**folder, "pack.zip": write_package(made)}

    says = {f"pack/{name}": paper.says for name, paper in papers.items()}
    names = tuple(PackedFile(name=name, title=paper.title, sha256="") for name, paper in papers.items())
    says["pack/cover.docx"] = results.input_hash(cover_paper(desk, names).says, options.get("provisional", ""))
    bids = tuple(each.bid.id for each in desk.dossiers)
    return Draft("pack", says, render, provisional=provisional, options=options, bids=bids)


def pack_papers(desk: Desk) -> dict[str, Paper]:
    """The papers of the pack by file name, the cover and the manifest apart."""
    opened, dossiers = desk.opened, desk.dossiers

    def needs(stamp: Stamp) -> BaseModel:
        return draft_needs_assessment(opened.round, opened.form, dossiers, stamp, assessment=opened.needs)

    def log(stamp: Stamp) -> BaseModel:
        return draft_screening_log(opened.round, opened.form, dossiers, stamp)

    def schedule(stamp: Stamp) -> Document:
        return write_schedule(draft_schedule(opened.round, opened.form, dossiers, stamp))

    return {
        "schedule.xlsx": desk.sheets("Schedule by pot", schedule),
        "needs-assessment.docx": desk.paper("needs_assessment", "Local assessment of need", needs),
        "screening-log.docx": desk.paper("screening_log", "Screening and decisions log", log),
        "panel-report.docx": report_paper(desk),
        **{f"bids/{each.bid.id}.docx": bid_paper(desk, each) for each in dossiers},
    }


def bid_paper(desk: Desk, dossier: Dossier) -> Paper:
    """A redacted copy of one bid."""

    def context(stamp: Stamp) -> BaseModel:
        return draft_bid_copy(desk.opened.round, desk.opened.form, dossier, stamp)

    return desk.paper("bid_copy", f"Bid {dossier.bid.id}: {dossier.provider_name}", context)


def cover_paper(desk: Desk, files: tuple[PackedFile, ...]) -> Paper:
    """The cover over these files."""

    def context(stamp: Stamp) -> BaseModel:
        return draft_pack_cover(
            desk.opened.round,
            desk.dossiers,
            stamp,
            files=files,
            open_items=still_open(desk.opened, desk.dossiers),
            signatures=signatures(desk.opened),
        )

    return desk.paper("pack_cover", "Cover", context)


def manifest(desk: Desk, files: tuple[PackedFile, ...], stamp: Stamp) -> bytes:
    """The manifest as JSON."""
    opened = desk.opened
    texts = (text for path in sorted(opened.files) for text in (path, opened.files[path]))
    made = draft_manifest(
        opened.round.id,
        stamp,
        files,
        form_code=opened.form.code,
        round_hash=results.input_hash("round", *texts),
    )
    return made.model_dump_json(indent=2).encode()
