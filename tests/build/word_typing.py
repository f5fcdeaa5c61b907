"""Types into a blank Word form as a person does in Word: straight into its XML, sharing no code with the product.

What stood as a prompt is replaced, the control is no longer a placeholder, a box is ticked, a date picked from the
calendar stores its day. A row that the form has no room for is added below the last one, without controls, as Word
does. Typing over a control deletes it.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

Element = etree._Element

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W, W14 = f"{{{WORD}}}", f"{{{WORD_2010}}}"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
BODY: Final = "word/document.xml"
PICKED: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
TICKED: Final = "☒"
A_ROW: Final = re.compile(r"(\w+)\.(\d+)\.(.+)")


def fill_in(
    blank: bytes, typed: Mapping[str, str], *, over: bool = False, below: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Return the form with `typed` in its controls, by tag; with `over`, in place of them.

    `below` is written under the table in which a control stands.
    """
    with zipfile.ZipFile(io.BytesIO(blank)) as package:
        parts = {each.filename: package.read(each) for each in package.infolist()}
    root = etree.fromstring(parts[BODY])
    there = {tag_of(control): control for control in root.iter(f"{W}sdt")}
    for name, text in below.items():
        write_below(there[name], text)
    for name, text in typed.items():
        if name in there:
            (type_over if over else type_into)(there[name], text)
    add_rows(there, {name: text for name, text in typed.items() if name not in there})
    parts[BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts, with the date every zip begins at, so that building again gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def tag_of(control: Element) -> str:
    """The name of a control."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


def type_into(control: Element, text: str) -> None:
    """Type into a control."""
    settings, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if settings is None or content is None:
        raise ValueError(f"{tag_of(control)}: a control without content")
    prompt = settings.find(f"{W}showingPlcHdr")
    if prompt is not None:
        settings.remove(prompt)
    box, day = settings.find(f"{W14}checkbox"), settings.find(f"{W}date")
    if box is not None:
        tick(box, content)
        return
    if day is not None and (picked := PICKED.fullmatch(text)):
        day.set(f"{W}fullDate", f"{picked[3]}-{picked[2]}-{picked[1]}T00:00:00Z")
    content[:] = [run_of(text)]


def tick(box: Element, content: Element) -> None:
    """Click a box that is empty."""
    checked = box.find(f"{W14}checked")
    letters = content.find(f"{W}r/{W}t")
    if checked is None or letters is None:
        raise ValueError("a box without its mark")
    checked.set(f"{W14}val", "1")
    letters.text = TICKED


def type_over(control: Element, text: str) -> None:
    """Delete a control and type in its place; a box becomes an X."""
    line = control.getparent()
    if line is None:
        raise ValueError(f"{tag_of(control)}: a control outside a paragraph")
    is_box = control.find(f"{W}sdtPr/{W14}checkbox") is not None
    line.replace(control, run_of("X" if is_box else text))


def write_below(control: Element, text: str) -> None:
    """Write a paragraph under the table the control stands in."""
    paragraph = etree.Element(f"{W}p")
    paragraph.append(run_of(text))
    next(control.iterancestors(f"{W}tbl")).addnext(paragraph)


def run_of(text: str) -> Element:
    """The run that Word makes of typed text, a new line as a break."""
    run = etree.Element(f"{W}r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        letters = etree.SubElement(run, f"{W}t")
        letters.text = line
        letters.set(SPACE, "preserve")
    return run


def add_rows(there: Mapping[str, Element], left: Mapping[str, str]) -> None:
    """Add a row for each row number the table has no room for, and type into its cells."""
    lines: dict[tuple[str, int], dict[str, str]] = {}
    for name, text in left.items():
        found = A_ROW.fullmatch(name)
        if found is None:
            raise ValueError(f"The form has no control {name!r}.")
        lines.setdefault((found[1], int(found[2])), {})[found[3]] = text
    for (question, number), cells in sorted(lines.items()):
        tags = [tag for tag in there if tag.startswith(f"{question}.")]
        last = max(int(tag.split(".")[1]) for tag in tags)
        columns = [tag.split(".", 2)[2] for tag in tags if tag.startswith(f"{question}.{last}.")]
        if number <= last or not cells.keys() <= set(columns):
            raise ValueError(f"Row {number} of {question} does not fit its table.")
        add_row(there[f"{question}.{last}.{columns[0]}"], [cells.get(column, "") for column in columns])


def add_row(control: Element, texts: list[str]) -> None:
    """Add a row below the one the control stands in (or the last added there), with these texts."""
    row = next(control.iterancestors(f"{W}tr"))
    while (below := row.getnext()) is not None:
        row = below
    new = copy.deepcopy(next(control.iterancestors(f"{W}tr")))
    for cell, text in zip(new.iter(f"{W}tc"), texts, strict=True):
        for line in cell.iter(f"{W}p"):
            line[:] = [each for each in line if each.tag == f"{W}pPr"] + ([run_of(text)] if text else [])
    row.addnext(new)
