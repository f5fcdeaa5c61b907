from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from build.house import DEFAULTS, HEADER_FILL, HOUSE, LOOKS, NOTE_FILL, RULE, new_document, write_document
from commissioning.documents.package import open_package
from commissioning.documents.word.read import read_word
from commissioning.documents.word.write import LABEL_FILL, write_word
from parts import part_hashes
from trees import HOUSE as COMMITTED
from trees import document, line

if TYPE_CHECKING:
    from pathlib import Path

STYLES = ["Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Normal", "Guidance", "Answer", "Label", "Note"]
LISTS = ["List Bullet", "List Number"]
OTHERS = ["Number", "Money", "Caption", "Header", "Footer", "Placeholder Text", "House Table"]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_committed_house_style_is_what_its_builder_makes(tmp_path: Path) -> None:
    write_document(new_document(), tmp_path / "house.docx")
    assert part_hashes((tmp_path / "house.docx").read_bytes()) == part_hashes(COMMITTED)
    assert HOUSE.read_bytes() == COMMITTED


@pytest.mark.parametrize("name", [*STYLES, *LISTS, *OTHERS])
def test_the_house_has_the_styles_that_documents_name(name: str) -> None:
    assert name in [style.name for style in new_document().styles]


@pytest.mark.parametrize("ground", ["FFFFFF", NOTE_FILL, HEADER_FILL, LABEL_FILL])
def test_text_can_be_read_on_every_ground(ground: str) -> None:
    inks = {look.colour for look in LOOKS if look.colour} | set(re.findall(r'w:color w:val="(\w{6})"', DEFAULTS))
    assert inks
    assert min(contrast(ink, ground) for ink in inks) >= 7


def test_rules_can_be_seen() -> None:
    assert contrast(RULE, "FFFFFF") >= 3


def test_the_house_is_in_british_english_on_a4_and_names_nobody() -> None:
    package = open_package(COMMITTED, "house.docx")
    styles, body = package.part("word/styles.xml"), package.part("word/document.xml")
    assert b'w:lang w:val="en-GB"' in styles
    assert b'w:w="11906" w:h="16838"' in body
    properties = read_word(COMMITTED, "house.docx").properties
    assert (properties["language"], properties["creator"], properties["lastModifiedBy"]) == ("en-GB", "", "")


def test_the_house_holds_no_more_than_it_needs() -> None:
    assert len(zlib.compress(COMMITTED)) < 10_000
    assert {name.split("/")[-1] for name in open_package(COMMITTED, "house.docx").names} == {
        "[Content_Types].xml",
        ".rels",
        "core.xml",
        "document.xml",
        "document.xml.rels",
        "styles.xml",
        "settings.xml",
        "numbering.xml",
        "header1.xml",
        "footer1.xml",
    }


def test_lists_are_real_lists() -> None:
    styles = etree.fromstring(open_package(COMMITTED, "house.docx").part("word/styles.xml"))
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    for name in ("ListBullet", "ListNumber"):
        assert styles.xpath(f"//w:style[@w:styleId='{name}']/w:pPr/w:numPr/w:numId", namespaces=space)


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or poppler is not installed",
)
def test_the_page_number_is_worked_out_when_printed(tmp_path: Path) -> None:
    content = write_word(document(*(line(f"Line {number}") for number in range(60))), COMMITTED)
    (tmp_path / "two.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "two.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    printed = subprocess.run(["pdftotext", "two.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "Page 2 of 2" in printed.stdout
