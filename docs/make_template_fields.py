"""Write the fields that each Word template is given into docs/templates.md, from the records the drafts fill in.

    python docs/make_template_fields.py

Only what stands between the two marks of that page is written; the rest of it is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import get_args, get_origin

from commissioning.steps.drafting.bid_copy import BidCopy
from commissioning.steps.drafting.joint_grid import JointGrid
from commissioning.steps.drafting.making import Making
from commissioning.steps.drafting.needs_assessment import NeedsPaper
from commissioning.steps.drafting.pack_cover import PackCover
from commissioning.steps.drafting.panel_report import PanelReport
from commissioning.steps.drafting.queries import Queries
from commissioning.steps.drafting.screening_log import ScreeningLog
from commissioning.values.record import Record

PAGE = Path(__file__).with_name("templates.md")
BEGIN, END = "<!-- fields: written by docs/make_template_fields.py -->", "<!-- end of fields -->"

CONTEXTS: Mapping[str, type[Record]] = {
    "queries.docx": Queries,
    "joint_grid.docx": JointGrid,
    "panel_report.docx": PanelReport,
    "needs_assessment.docx": NeedsPaper,
    "screening_log.docx": ScreeningLog,
    "bid_copy.docx": BidCopy,
    "pack_cover.docx": PackCover,
}

PLAIN: Mapping[type, str] = {
    str: "text",
    int: "whole number",
    bool: "yes or no",
    Decimal: "number",
    datetime: "instant",
    date: "day",
}


def page(text: str) -> str:
    """The page with its fields written anew between the marks."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{fields()}\n\n{END}{after}"


def fields() -> str:
    """Every template with its fields, and once for all what stands in `making`."""
    parts = [
        "### making, in every template",
        "\n".join(described(Making)),
        *(f"### {name}\n\n" + "\n".join(described(record)) for name, record in CONTEXTS.items()),
    ]
    return "\n\n".join(parts)


def described(record: type[Record], depth: int = 0) -> Iterator[str]:
    """A line for each field of `record`, the fields of a record inside it further in."""
    record.model_rebuild()  # a record may name one that stands below it in its file
    for name, field in record.model_fields.items():
        what, inner = kind(field.annotation)
        yield f"{'  ' * depth}- `{name}`: {what}"
        if inner is not None and inner is not Making:
            yield from described(inner, depth + 1)


def kind(annotation: object) -> tuple[str, type[Record] | None]:
    """What a field holds, in words, and the record inside it if there is one."""
    if get_origin(annotation) is tuple:
        words, inner = kind(get_args(annotation)[0])
        return f"list, each of them {words}" if inner is None else "list, each of them with", inner
    if isinstance(annotation, UnionType):
        words, inner = kind(next(each for each in get_args(annotation) if each is not NoneType))
        return f"{words}, or nothing", inner
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return ("as above" if annotation is Making else "with"), annotation
    if isinstance(annotation, type) and annotation in PLAIN:
        return PLAIN[annotation], None
    raise TypeError(f"There are no words for {annotation} yet; add them to PLAIN.")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
