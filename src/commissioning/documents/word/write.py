"""From the neutral tree to a Word file in the house style, with real content controls."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from lxml import etree

from commissioning.documents.package import open_package, parse_xml, write_package
from commissioning.documents.properties import OFFICE_RELATION, serialised, with_properties
from commissioning.documents.tree import Cell, ControlKind, Paragraph, Piece, Table
from commissioning.values.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Block, Control, Document, Row

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATION: Final = OFFICE_RELATION.rstrip("/")
NAMES: Final = {"w": WORD, "w14": WORD_2010, "mc": COMPATIBILITY, "r": RELATION}

HOUSE_FILE: Final = "house.docx"
DOCUMENT: Final = "word/document.xml"
RELATIONS: Final = "word/_rels/document.xml.rels"
STYLES: Final = "word/styles.xml"

TABLE_STYLE: Final = "House Table"
PLACEHOLDER_STYLE: Final = "Placeholder Text"
DEEPEST_HEADING: Final = 3
LABEL_STYLE: Final = "Label"
LABEL_FILL: Final = "F3F3F3"
CELL_MARGINS: Final = 216  # both sides, twentieths of a point

TICKED, NOT_TICKED = "☒", "☐"
TICK_FONT: Final = "MS Gothic"
SEGMENTS: Final = re.compile(r"([\n\t])")
BREAKS: Final = {"\n": "br", "\t": "tab"}
TRANSPARENT: Final = frozenset({ControlKind.REPEATING, ControlKind.GROUP})


@dataclass(frozen=True, slots=True)
class House:
    """What the writer needs of the house style: style ids by name, and the width between the margins."""

    styles: Mapping[str, str]
    width: int

    def style(self, name: str) -> str:
        """The id of the style of this name; empty when the house has none."""
        return self.styles.get(name.casefold(), "")


def write_word(document: Document, house: bytes) -> bytes:
    """Return `document` as a Word file in the style of `house`; the same tree always gives the same bytes.

    Stories named "header" and "footer" are written before what the house itself puts there; other stories have no
    place in a document of ours, and are a ValueError. A style the house does not have is written as Normal, because a
    tree read from a provider's file carries the provider's. Controls that repeat or group are left out, not their text.
    """
    package = open_package(house, HOUSE_FILE)
    parts = {name: package.part(name) for name in package.names}
    section = parsed(parts[DOCUMENT]).find(f"{{{WORD}}}body/{{{WORD}}}sectPr")
    if section is None:
        raise ValueError("The house style has no page set-up.")
    rules = House(style_ids(parts[STYLES]), text_width(section))
    for story in document.stories:
        name = story_part(story.name, section, parts[RELATIONS])
        parts[name] = with_story(parts[name], paragraphs_of(story.blocks, rules))
    parts[DOCUMENT] = serialised(whole(blocks_of(document.blocks, rules, rules.width), section))
    return write_package(with_properties(parts, document.properties))


def parsed(content: bytes) -> Element:
    """Return the root of one of the house's parts."""
    return parse_xml(content, HOUSE_FILE, "of the house style")


def make(name: str, *children: Element, **attributes: str) -> Element:
    """Make a `w:` element with `w:` attributes."""
    element = etree.Element(f"{{{WORD}}}{name}", {f"{{{WORD}}}{key}": text for key, text in attributes.items()}, NAMES)
    element.extend(children)
    return element


def make_2010(name: str, *children: Element, **attributes: str) -> Element:
    """Make a `w14:` element with `w14:` attributes."""
    full = {f"{{{WORD_2010}}}{key}": text for key, text in attributes.items()}
    element = etree.Element(f"{{{WORD_2010}}}{name}", full, NAMES)
    element.extend(children)
    return element


# The house


def style_ids(styles: bytes) -> dict[str, str]:
    """Style ids by name, in small letters: Word writes "heading 1" and shows "Heading 1"."""
    found = {}
    for style in parsed(styles).iter(f"{{{WORD}}}style"):
        name = style.find(f"{{{WORD}}}name")
        if name is not None:
            found[name.get(f"{{{WORD}}}val", "").casefold()] = style.get(f"{{{WORD}}}styleId", "")
    return found


def text_width(section: Element) -> int:
    """The width between the margins, in twentieths of a point."""
    size, margins = section.find(f"{{{WORD}}}pgSz"), section.find(f"{{{WORD}}}pgMar")
    if size is None or margins is None:
        raise ValueError("The house style has no page size or no margins.")
    numbers = (size.get(f"{{{WORD}}}w"), margins.get(f"{{{WORD}}}left"), margins.get(f"{{{WORD}}}right"))
    width, left, right = (int(number or 0) for number in numbers)
    return width - left - right


def story_part(story: str, section: Element, relations: bytes) -> str:
    """The name of the part in which the house keeps its header or footer."""
    if story not in {"header", "footer"}:
        raise ValueError(f"A document of ours has a header and a footer; there is no place for the story {story!r}.")
    reference = section.find(f"{{{WORD}}}{story}Reference")
    key = reference.get(f"{{{RELATION}}}id") if reference is not None else None
    for relation in parsed(relations):
        if relation.get("Id") == key:
            return "word/" + relation.get("Target", "").removeprefix("/word/")
    raise ValueError(f"The house style has no {story}.")


def with_story(content: bytes, written: list[Element]) -> bytes:
    """Put the paragraphs first; the last one shares its line with what the house says there."""
    root = parsed(content)
    house = root.find(f"{{{WORD}}}p")
    if written and house is not None:
        runs = [child for child in written.pop() if child.tag != f"{{{WORD}}}pPr"]
        start = 0 if house.find(f"{{{WORD}}}pPr") is None else 1
        house[start:start] = runs
        style = house.find(f"{{{WORD}}}pPr")
        for paragraph in written:
            replace_style(paragraph, style)
    root[0:0] = written
    number_controls(root)
    return serialised(root)


def replace_style(paragraph: Element, style: Element | None) -> None:
    """Give the paragraph the house's own properties."""
    for old in paragraph.findall(f"{{{WORD}}}pPr"):
        paragraph.remove(old)
    if style is not None:
        paragraph.insert(0, deepcopy(style))


# Blocks


def whole(blocks: Iterable[Element], section: Element) -> Element:
    """The document part: the blocks, the house's page set-up, and controls numbered in reading order."""
    root = make("document", make("body", *blocks, deepcopy(section)))
    root.set(f"{{{COMPATIBILITY}}}Ignorable", "w14")
    number_controls(root)
    return root


def number_controls(root: Element) -> None:
    """Give each control its number, in reading order: Word wants one, and none twice."""
    for number, control in enumerate(root.iter(f"{{{WORD}}}id"), start=1):
        control.set(f"{{{WORD}}}val", str(number))


def blocks_of(blocks: Sequence[Block], house: House, width: int) -> Iterator[Element]:
    """Paragraphs and tables. Word joins tables that touch and wants a paragraph at the end, so one is put between."""
    for block, following in pairwise((*blocks, None)):
        if isinstance(block, Paragraph):
            yield paragraph_of(block, house)
        elif isinstance(block, Table):
            yield table_of(block, house, width)
            if not isinstance(following, Paragraph):
                yield make("p")
    if not blocks:
        yield make("p")


def paragraphs_of(blocks: Sequence[Block], house: House) -> list[Element]:
    """The paragraphs of a header or footer; a table there is an error of ours."""
    if any(isinstance(block, Table) for block in blocks):
        raise ValueError("A header or footer is written as lines of text, without tables.")
    return [paragraph_of(block, house) for block in blocks if isinstance(block, Paragraph)]


def paragraph_of(paragraph: Paragraph, house: House) -> Element:
    """One paragraph in its style; a heading deeper than the house's styles keeps its level in the outline."""
    made = make("p")
    depth = min(paragraph.heading, DEEPEST_HEADING)
    style = house.style(f"heading {depth}" if depth else paragraph.style)
    settings = [make("pStyle", val=style)] if style and style != house.style("Normal") else []
    if paragraph.heading > DEEPEST_HEADING:
        settings.append(make("outlineLvl", val=str(paragraph.heading - 1)))
    if settings:
        made.append(make("pPr", *settings))
    made.extend(inline(paragraph.pieces, house, depth=0))
    return made


# Pieces and their controls


def inline(pieces: Iterable[Piece], house: House, *, depth: int) -> Iterator[Element]:
    """Runs, with those that stand in the same control at this depth put into it together."""
    for control, group in groupby(pieces, key=lambda piece: control_at(piece, depth)):
        if control is None:
            yield from (run_of(piece, house) for piece in group)
        elif control.kind in TRANSPARENT:
            yield from inline(group, house, depth=depth + 1)
        else:
            yield make("sdt", control_of(control), make("sdtContent", *inline(group, house, depth=depth + 1)))


def control_at(piece: Piece, depth: int) -> Control | None:
    """The control the piece stands in at this depth, outermost first."""
    return piece.controls[depth] if depth < len(piece.controls) else None


def control_of(control: Control) -> Element:
    """What the control is: its names, whether it still shows its placeholder, its kind. The tag is also the alias."""
    names = (("alias", control.alias or control.tag), ("tag", control.tag or control.alias))
    made = make("sdtPr", *(make(name, val=clean(text)) for name, text in names if text), make("id"))
    if control.placeholder:
        made.append(make("showingPlcHdr"))
    made.extend(kind_of(control))
    return made


def kind_of(control: Control) -> tuple[Element, ...]:
    """The element that makes the control a text box, a list, a tick box or a date.

    Long text gets none, which makes it rich text: in Word it takes several paragraphs, and LibreOffice 7.4 keeps its
    line breaks, which it moves out of a plain text control.
    """
    match control.kind:
        case ControlKind.TICK:
            return (tick_of(control),)
        case ControlKind.CHOICE:
            return (make("dropDownList", *(option_of(shown, stored) for shown, stored in control.options)),)
        case ControlKind.DATE:
            return (date_of(control),)
        case ControlKind.LONG_TEXT:
            return ()
        case _:
            return (make("text"),)


def option_of(shown: str, stored: str) -> Element:
    """One line of a list."""
    return make("listItem", displayText=clean(shown), value=clean(stored))


def tick_of(control: Control) -> Element:
    """A tick box that shows a crossed or an empty box."""
    return make_2010(
        "checkbox",
        make_2010("checked", val="1" if control.checked else "0"),
        make_2010("checkedState", val=f"{ord(TICKED):04X}", font=TICK_FONT),
        make_2010("uncheckedState", val=f"{ord(NOT_TICKED):04X}", font=TICK_FONT),
    )


def date_of(control: Control) -> Element:
    """A date picker that writes 26/02/2021."""
    stored = {"fullDate": f"{clean(control.date)}T00:00:00Z"} if control.date else {}
    settings = (("dateFormat", "dd/MM/yyyy"), ("lid", "en-GB"), ("storeMappedDataAs", "dateTime"))
    return make("date", *(make(name, val=text) for name, text in settings), make("calendar", val="gregorian"), **stored)


def run_of(piece: Piece, house: House) -> Element:
    """One run: its letters, line breaks and tabs. A tick box shows what it stores."""
    control, text = piece.control, clean(piece.text)
    if control is not None and control.kind is ControlKind.TICK and text in {"", TICKED, NOT_TICKED}:
        text = TICKED if control.checked else NOT_TICKED
    made = make("r")
    letters = list(letters_of(piece, house))
    if letters:
        made.append(make("rPr", *letters))
    made.extend(text_of(text))
    return made


def letters_of(piece: Piece, house: House) -> Iterator[Element]:
    """How the letters look, in the order the schema asks for."""
    control = piece.control
    if control is not None and control.placeholder and house.style(PLACEHOLDER_STYLE):
        yield make("rStyle", val=house.style(PLACEHOLDER_STYLE))
    if control is not None and control.kind is ControlKind.TICK:
        yield make("rFonts", ascii=TICK_FONT, eastAsia=TICK_FONT, hAnsi=TICK_FONT, hint="eastAsia")
    claims = (("b", piece.bold), ("strike", piece.struck), ("vanish", piece.hidden))
    yield from (make(name) for name, claimed in claims if claimed)


def text_of(text: str) -> Iterator[Element]:
    """Letters as `w:t`, a new line as a break, a tab as a tab; an empty text is still there."""
    for segment in SEGMENTS.split(text) if text else ("",):
        if segment in BREAKS:
            yield make(BREAKS[segment])
        elif segment or not text:
            letters = make("t")
            letters.text = segment
            letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield letters


# Tables


def table_of(table: Table, house: House, width: int) -> Element:
    """A ruled table of fixed widths, its header rows repeated, no row torn across pages, described in words."""
    rows = [placed(row) for row in table.rows]
    count = max((cell.column + cell.span for row in rows for cell in row), default=1)
    widths = column_widths(table.widths, count, width)
    made = make("tbl", table_settings(table, house, width))
    made.append(make("tblGrid", *(make("gridCol", w=str(share)) for share in widths)))
    for row, cells, below in zip(table.rows, rows, (*rows[1:], ()), strict=True):
        merged = frozenset(cell.column for cell in below if cell.continues)
        made.append(row_of(row, cells, house, widths, merged))
    return made


def placed(row: Row) -> tuple[Cell, ...]:
    """The cells of a row, each in its column; a hole between two cells becomes an empty cell."""
    cells: list[Cell] = []
    at = 0
    for cell in row.cells:
        if at < cell.column:
            cells.append(Cell((), cell.place, column=at, span=cell.column - at))
        cells.append(cell if cell.column >= at else replace(cell, column=at))
        at = cells[-1].column + cell.span
    return tuple(cells)


def column_widths(shares: Sequence[float], count: int, width: int) -> list[int]:
    """Whole widths that add up to `width`; equal ones unless there is a share for each column."""
    parts = list(shares) if len(shares) == count and sum(shares) > 0 else [1.0] * count
    edges = [round(width * sum(parts[:index]) / sum(parts)) for index in range(count + 1)]
    return [right - left for left, right in pairwise(edges)]


def table_settings(table: Table, house: House, width: int) -> Element:
    """Style, width, fixed layout, which row is a header, and the words for those who cannot see it."""
    style = house.style(table.style) or house.style(TABLE_STYLE)
    header = bool(table.rows) and table.rows[0].header
    made = make("tblPr")
    if style:
        made.append(make("tblStyle", val=style))
    made.append(make("tblW", w=str(width), type="dxa"))
    made.append(make("tblLayout", type="fixed"))
    # Office reads the single flags, LibreOffice the number that adds them up.
    flags = dict.fromkeys(("lastRow", "firstColumn", "lastColumn"), "0") | dict.fromkeys(("noHBand", "noVBand"), "1")
    made.append(make("tblLook", val="0620" if header else "0600", firstRow=str(int(header)), **flags))
    for name, text in (("tblCaption", table.title), ("tblDescription", table.description)):
        if text:
            made.append(make(name, val=clean(text)))
    return made


def row_of(row: Row, cells: Sequence[Cell], house: House, widths: list[int], merged: frozenset[int]) -> Element:
    """One row; `merged` are the columns whose cell goes on in the row below."""
    settings = [make("cantSplit"), *([make("tblHeader")] if row.header else [])]
    made = make("tr", make("trPr", *settings))
    for cell in cells:
        width = sum(widths[cell.column : cell.column + cell.span])
        made.append(cell_of(cell, house, width, goes_on=cell.column in merged))
    if not cells:
        made.append(make("tc", make("p")))
    return made


def cell_of(cell: Cell, house: House, width: int, *, goes_on: bool) -> Element:
    """One cell; those that hold a label are shaded, besides being bold."""
    settings = [make("tcW", w=str(width), type="dxa")]
    if cell.span > 1:
        settings.append(make("gridSpan", val=str(cell.span)))
    if cell.continues or goes_on:
        settings.append(make("vMerge", **({} if cell.continues else {"val": "restart"})))
    first = cell.blocks[0] if cell.blocks else None
    if isinstance(first, Paragraph) and first.style == LABEL_STYLE:
        settings.append(make("shd", val="clear", color="auto", fill=LABEL_FILL))
    return make("tc", make("tcPr", *settings), *blocks_of(cell.blocks, house, width - CELL_MARGINS))
