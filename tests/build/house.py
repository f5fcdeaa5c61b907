"""Builds `templates/house.docx`: the one Word house style, from which every other document starts.

Run from the top of the repository: `python tests/build/house.py`. Other template builders begin with
`new_document()`, which has the styles, the page set-up, the footer and the language, and an empty body.
Colours keep a contrast of at least 7:1 on white for text (WCAG 2.2, 1.4.6) and 3:1 for rules (1.4.11).
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from commissioning.documents.package import write_package

HOUSE = Path(__file__).parents[2] / "templates" / "house.docx"

FONT = "Arial"
LANGUAGE = "en-GB"
INK = "1A1A1A"
HEADING_INK = "1F3864"
QUIET_INK = "4A4A4A"
RULE = "7F7F7F"
HEADER_FILL = "DCE6F1"
NOTE_FILL = "F3F3F3"

A4_WIDTH, A4_HEIGHT, MARGIN, EDGE = 11906, 16838, 1134, 567  # twentieths of a point; margin 2 cm, edge 1 cm
TEXT_WIDTH = A4_WIDTH - 2 * MARGIN

BULLETS, NUMBERS = 1, 2


class Look(NamedTuple):
    """A paragraph style: `size` in half-points, spaces in twentieths of a point, `level` of the outline from 0."""

    name: str
    base: str = "Normal"
    then: str = ""
    size: int | None = None
    colour: str = ""
    bold: bool = False
    italic: bool = False
    before: int | None = None
    after: int | None = None
    keep_next: bool = False
    level: int | None = None
    align: str = ""
    list: int | None = None
    extra: str = ""


NOTE_BOX = (
    f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{HEADING_INK}"/></w:pBdr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{NOTE_FILL}"/>'
)
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'

LOOKS = (
    Look("Title", then="Subtitle", size=44, colour=HEADING_INK, bold=True, before=0, after=80, keep_next=True),
    Look("Subtitle", then="Normal", size=28, colour=QUIET_INK, before=0, after=240),
    Look("heading 1", then="Normal", size=32, colour=HEADING_INK, bold=True, before=360, after=120, level=0),
    Look("heading 2", then="Normal", size=26, colour=HEADING_INK, bold=True, before=280, after=100, level=1),
    Look("heading 3", then="Normal", size=23, colour=HEADING_INK, bold=True, before=220, after=80, level=2),
    Look("Guidance", colour=QUIET_INK, size=20, before=0, after=60),
    Look("Label", then="Answer", bold=True, before=60, after=60),
    Look("Lead", base="Label", then="Lead Guidance", before=160, keep_next=True),
    Look("Lead Guidance", base="Guidance", keep_next=True),
    Look("Answer", before=60, after=60),
    Look("Number", base="Answer", align="right"),
    Look("Money", base="Answer", align="right"),
    Look("List Bullet", after=60, list=BULLETS),
    Look("List Number", after=60, list=NUMBERS),
    Look("Note", size=21, before=120, after=160, extra=NOTE_BOX),
    Look("caption", then="Normal", size=20, bold=True, before=160, after=80, keep_next=True),
    Look("header", size=18, colour=QUIET_INK, after=0, extra=RIGHT_TAB),
    Look("footer", size=18, colour=QUIET_INK, after=0, extra=RIGHT_TAB),
)
OWN = (
    "Guidance",
    "Label",
    "Lead",
    "Lead Guidance",
    "Answer",
    "Number",
    "Money",
    "Note",
)  # the other names are Word's own

DEFAULTS = f"""
<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
    <w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>
    <w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
  <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
    <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList">
  <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
</w:style>
<w:style w:type="character" w:styleId="PlaceholderText">
  <w:name w:val="Placeholder Text"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>
  <w:rPr><w:color w:val="{QUIET_INK}"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="Strong">
  <w:name w:val="Strong"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
"""

SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{RULE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
HOUSE_TABLE = f"""
<w:style w:type="table" w:customStyle="1" w:styleId="HouseTable">
  <w:name w:val="House Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="252" w:lineRule="auto"/></w:pPr>
  <w:tblPr><w:tblBorders>{SIDES}</w:tblBorders><w:tblCellMar>
    <w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
    <w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""

PAGE = f"""
<w:sectPr {nsdecls("w")}>
  <w:pgSz w:w="{A4_WIDTH}" w:h="{A4_HEIGHT}"/>
  <w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"
           w:header="{EDGE}" w:footer="{EDGE}" w:gutter="0"/>
</w:sectPr>
"""

SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>
"""

UNWANTED = (
    "customXml",
    "stylesWithEffects",
    "webSettings",
    "theme",
    "fontTable",
    "thumbnail",
    "extended-properties",
)


def new_document() -> Document:
    """An empty A4 document in the house style: styles, lists, page set-up, "Page x of y", British English."""
    document = docx.Document()
    replace_root(document.styles.element, styles_xml())
    replace_root(document.part.numbering_part.element, numbering_xml())
    replace_root(document.settings.element, SETTINGS)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    body.append(parse_xml(PAGE))
    write_header(document)
    write_footer(document)
    drop_unwanted(document)
    scrub(document)
    return document


def replace_root(root: BaseOxmlElement, xml: str) -> None:
    """Put the children of `xml` in place of those of `root`."""
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(xml)))


def styles_xml() -> str:
    """The whole `styles.xml`: defaults, paragraph styles, the placeholder's and the table's."""
    looks = "".join(style_xml(look) for look in LOOKS)
    return f"<w:styles {nsdecls('w')}>{DEFAULTS}{looks}{HOUSE_TABLE}</w:styles>"


def style_xml(look: Look) -> str:
    """One paragraph style."""
    then = look.then or look.name
    custom = ' w:customStyle="1"' if look.name in OWN else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(look.name)}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{style_id(look.base)}"/><w:next w:val="{style_id(then)}"/><w:qFormat/>'
        f"<w:pPr>{paragraph_xml(look)}</w:pPr><w:rPr>{letters_xml(look)}</w:rPr></w:style>"
    )


def style_id(name: str) -> str:
    """Word's own id of a style: "heading 1" is Heading1, "List Bullet" is ListBullet."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def paragraph_xml(look: Look) -> str:
    """Paragraph properties, in the order the schema asks for."""
    keep = look.keep_next or look.level is not None
    spaces = "".join(
        f' w:{side}="{space}"' for side, space in (("before", look.before), ("after", look.after)) if space is not None
    )
    return "".join(
        (
            "<w:keepNext/><w:keepLines/>" if keep else "",
            f'<w:numPr><w:numId w:val="{look.list}"/></w:numPr>' if look.list else "",
            look.extra,
            f"<w:spacing{spaces}/>" if spaces else "",
            f'<w:jc w:val="{look.align}"/>' if look.align else "",
            f'<w:outlineLvl w:val="{look.level}"/>' if look.level is not None else "",
        )
    )


def letters_xml(look: Look) -> str:
    """Run properties, in the order the schema asks for."""
    return "".join(
        (
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:i/><w:iCs/>" if look.italic else "",
            f'<w:color w:val="{look.colour}"/>' if look.colour else "",
            f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "",
        )
    )


def numbering_xml() -> str:
    """Real lists: bullets and numbers, each bound to its paragraph style."""
    lists = ((BULLETS, "ListBullet", "bullet", "•"), (NUMBERS, "ListNumber", "decimal", "%1."))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>'
        for key, style, kind, mark in lists
    )
    numbers = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key, *_ in lists)
    return f"<w:numbering {nsdecls('w')}>{abstract}{numbers}</w:numbering>"


def field_xml(code: str) -> str:
    """A field that Word works out: PAGE or NUMPAGES."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def write_header(document: Document) -> None:
    """Start with an empty header, for what a document says at the top of each page."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    replace_root(header._element, f'<w:hdr {nsdecls("w")}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>')


def write_footer(document: Document) -> None:
    """Page x of y, at the right."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    replace_root(
        footer._element,
        f'<w:ftr {nsdecls("w")}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{field_xml("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{field_xml("NUMPAGES")}</w:p></w:ftr>',
    )


def drop_unwanted(document: Document) -> None:
    """Leave out the parts of python-docx's own start file that nothing here needs."""
    for rels in (document.part.rels, document.part.package.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in UNWANTED:
                del rels[key]


def scrub(document: Document) -> None:
    """No author, no history: a title, a language, and the first instant a zip file knows."""
    core = document.core_properties
    core.title, core.language = "House style", LANGUAGE
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - python-docx writes it as UTC
    core.revision = 1


def write_document(document: Document, path: Path) -> None:
    """Save `document` so that the same content always gives the same bytes."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.write_bytes(write_package(parts))


if __name__ == "__main__":
    write_document(new_document(), HOUSE)
