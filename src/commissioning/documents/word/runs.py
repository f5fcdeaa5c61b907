"""A run (`w:r`) as pieces of text: characters, ticks, form fields, and what stands beside the text."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING

from commissioning.documents.tree import Piece
from commissioning.documents.word.controls import chosen_in_field, form_field
from commissioning.documents.word.names import M, W, find, local, switch, value
from commissioning.documents.word.normalise import unwrapped
from commissioning.documents.word.styles import style_of
from commissioning.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from commissioning.documents.tree import Control
    from commissioning.documents.word.scope import Scope
    from commissioning.documents.word.styles import Style

TEXT = W + "t"
FIELD_CHARACTER = W + "fldChar"
SYMBOL = W + "sym"
TEXT_BOX = W + "txbxContent"
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
}
# Left out on purpose: codes of fields, and text that tracked changes took away.
_UNREAD = (W + "instrText", W + "delInstrText", W + "delText")
_PICTURES = ("imagedata", "blip", "chart", "relIds", "OLEObject")
_NOT_TEXT = {
    "chart": ("drawing", "A chart or diagram stands here"),
    "relIds": ("drawing", "A chart or diagram stands here"),
    "OLEObject": ("embedded-object", "A file is embedded here"),
}
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}")
_RUN_CONTENT = frozenset((TEXT, M + "t", SYMBOL, FIELD_CHARACTER, TEXT_BOX, *_CHARACTERS, *_UNREAD))

# Ticks of the Wingdings fonts by the low byte of their code (Microsoft's character maps of both fonts).
_WINGDINGS = {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐"}
_WINGDINGS_2 = {0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "☐", 0x2A: "☐", 0x30: "☐"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def run_pieces(run: Element, controls: tuple[Control, ...], scope: Scope, style: Style) -> Iterator[Piece]:
    """Yield the pieces of one run. One that holds no text inside a control is still a piece, with empty text."""
    look = _look(run, scope, style)
    text: list[str] = []
    for element, around in unwrapped(run, _RUN_CONTENT, controls=controls, place=scope.place, notes=scope.notes):
        if element.tag == FIELD_CHARACTER:
            yield from _pieces("".join(text), (*around, *scope.fields.controls), scope, look)
            text = [_field_boundary(element, scope)]
        elif element.tag == TEXT_BOX:
            scope.text_box(element, around)
        else:
            text.append(_characters(element, run, scope))
    _note_pictures(run, scope)
    yield from _pieces("".join(text), (*controls, *scope.fields.controls), scope, look)


def _pieces(text: str, controls: tuple[Control, ...], scope: Scope, look: tuple[bool, bool, bool]) -> Iterator[Piece]:
    if text or controls:
        bold, struck, hidden = look
        yield Piece(text, scope.at(controls), controls, bold=bold, struck=struck, hidden=hidden)


def _look(run: Element, scope: Scope, paragraph_style: Style) -> tuple[bool, bool, bool]:
    """Bold, struck through, hidden: the run's own word, else its style's or the paragraph style's."""
    properties = find(run, "rPr")
    if properties is None:
        return paragraph_style.bold, paragraph_style.struck, paragraph_style.hidden
    own = style_of(scope.styles, value(properties, "rStyle"))
    bold, hidden = switch(properties, "b"), switch(properties, "vanish")
    struck = _either(switch(properties, "strike"), switch(properties, "dstrike"))
    return (
        own.bold or paragraph_style.bold if bold is None else bold,
        own.struck or paragraph_style.struck if struck is None else struck,
        own.hidden or paragraph_style.hidden if hidden is None else hidden,
    )


def _either(one: bool | None, other: bool | None) -> bool | None:
    return None if one is None and other is None else bool(one or other)


def _characters(element: Element, run: Element, scope: Scope) -> str:
    tag = str(element.tag)
    if tag == TEXT:
        return _in_font(str(element.text or ""), _font(find(run, "rPr/rFonts")))
    if tag == SYMBOL:
        return _symbol(element, scope)
    return str(element.text or "") if tag == M + "t" else _CHARACTERS.get(tag, "")


def _font(fonts: Element | None) -> str:
    return "" if fonts is None else str(fonts.get(W + "ascii", "")).lower()


def _in_font(text: str, font: str) -> str:
    """Text typed in a font of ticks says ticks; any other text is as it is."""
    glyphs = _FONTS.get(font)
    return "".join(glyphs.get(_low_byte(ord(letter)), letter) for letter in text) if glyphs else text


def _low_byte(point: int) -> int:
    """Return the character of a symbol font that a code means: 0x6F and 0xF06F are one, other codes are none."""
    return point & 0xFF if point <= 0xFF or 0xF000 <= point <= 0xF0FF else 0  # noqa: PLR2004 - Word's symbol range


def _symbol(element: Element, scope: Scope) -> str:
    """Return the tick that a symbol shows. Any other symbol is kept by its code, and noted."""
    font, code = str(element.get(W + "font", "")), str(element.get(W + "char", ""))
    point = int(code, 16) if _HEXADECIMAL.fullmatch(code) else 0
    if (tick := _FONTS.get(font.lower(), {}).get(_low_byte(point))) is not None:
        return tick
    message = f"A symbol (code {code or 'missing'} of the font {font or 'unnamed'}) is kept by its code; look at it."
    scope.notes.add("symbol", Severity.NOTE, message, scope.place)
    return chr(point) if _is_character(point) else "\ufffd"


def _is_character(point: int) -> bool:
    return 0x20 <= point < 0xD800 or 0xDFFF < point < 0xFFFE  # noqa: PLR2004 - neither control nor surrogate


def _field_boundary(element: Element, scope: Scope) -> str:
    """Open or close a field. A drop-down that stands there without text gives the text of its choice."""
    boundary = element.get(W + "fldCharType")
    if boundary == "end":
        scope.fields.end()
    if boundary != "begin":
        return ""
    data = find(element, "ffData")
    if data is None:
        scope.fields.begin(None)
        return ""
    shown = _shown(element)
    scope.fields.begin(form_field(data, str(next(scope.notes.keys)), shown))
    return "" if shown else chosen_in_field(data)


def _shown(beginning: Element) -> str:
    """Return the text from the beginning of a field to its end in the same paragraph."""
    depth, text = 0, ""
    for element in _from(beginning):
        if element.tag == TEXT:
            text += str(element.text or "")
        depth += {"begin": 1, "end": -1}.get(str(element.get(W + "fldCharType")), 0)
        if not depth:
            break
    return text


def _from(beginning: Element) -> Iterator[Element]:
    """Return the field boundaries and texts of a paragraph from `beginning` on."""
    run = beginning.getparent()
    siblings = () if run is None else (run, *run.itersiblings())
    elements = (element for sibling in siblings for element in sibling.iter(FIELD_CHARACTER, TEXT))
    return dropwhile(lambda element: element is not beginning, elements)


def _note_pictures(run: Element, scope: Scope) -> None:
    """Note what a run shows that is not text: it is kept in the file, and read by nobody but people."""
    kinds = {local(element) for element in run.iter(*(f"{{*}}{name}" for name in _PICTURES))}
    for code, what in sorted({_NOT_TEXT.get(kind, ("picture", "A picture stands here")) for kind in kinds}):
        message = f"{what}; what it shows is not read. Look at it in the file."
        scope.notes.add(code, Severity.NOTE, message, scope.place)
