from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build.house import new_document
from commissioning.documents.package import open_package
from commissioning.documents.template import render_template
from commissioning.documents.tree import Table
from commissioning.documents.word.read import read_word
from commissioning.errors import TemplateError
from commissioning.values.text import clean
from parts import part_hashes
from trees import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from commissioning.documents.tree import Document

END = "{{ end_of_document }}"


def template(*lines: str, end: bool = True, footer: str = "") -> bytes:
    """A template in the house style, one paragraph for each line."""
    document = new_document()
    for text in (*lines, END) if end else lines:
        document.add_paragraph(text)
    if footer:
        document.sections[0].footer.paragraphs[0].add_run(footer)
    return saved(document)


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def rendered(*lines: str, **context: object) -> list[str]:
    """The paragraphs of the filled document."""
    return paragraphs_of(read_word(render_template(template(*lines), "letter.docx", context), "letter.docx"))


def paragraphs_of(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


# Values


@pytest.mark.parametrize("text", HOSTILE)
def test_a_providers_words_come_back_letter_for_letter(text: str) -> None:
    assert rendered("{{ answer }}", "after", answer=text) == [text, "after"]


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40))
def test_any_words_come_back_as_they_are_once_cleaned(text: str) -> None:
    assert rendered("[{{ answer }}]", answer=text) == [f"[{clean(text)}]"]


def test_nothing_is_lost_after_a_lone_surrogate() -> None:
    assert rendered("{{ answer }}", "{{ after }}", answer="a\ud800b\x00c\x0bd", after="the end") == [
        "abc\nd",
        "the end",
    ]


def test_what_was_rendered_is_not_taken_for_a_template() -> None:
    once = render_template(template("{{ answer }}"), "a.docx", {"answer": "{{ 7*7 }}"})
    with pytest.raises(TemplateError, match="does not end"):
        render_template(once, "a.docx", {})


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{{ amount|money }}", "£1,234.50"),
        ("{{ amount }}", "1234.5"),
        ("{{ large }}", "1000"),
        ("{{ day }}", "26 February 2021"),
        ("{{ instant|day }}", "26 February 2021"),
        ("{{ instant|moment }}", "26 February 2021 at 16:00"),
        ("{{ instant }}", "26 February 2021 at 16:00"),
        ("{{ share|percent }}", "12.5%"),
        ("{{ yes }} {{ no }}", "Yes No"),
        ("{{ count + 1 }}", "4"),
        ("{{ row.items }}", "the row's own"),
        ("{{ missing|default('none given') }}", "none given"),
        ("{{ nothing or 'none given' }}", "none given"),
        ("{% if yes %}shown{% endif %}", "shown"),
        ("{{ names|join(', ') }}", "Jo & Co, {{ x }}"),
        ("{% for name in names %}{{ loop.index }} {{ name }} {% endfor %}", "1 Jo & Co 2 {{ x }} "),
        ("{% macro bold(text) %}*{{ text }}*{% endmacro %}{{ bold(names[1]) }}", "*{{ x }}*"),
    ],
)
def test_values_are_shown_in_plain_british_english(tag: str, shown: str) -> None:
    context = {
        "amount": Decimal("1234.5"),
        "large": Decimal("1E+3"),
        "day": date(2021, 2, 26),
        "instant": datetime(2021, 2, 26, 16, tzinfo=UTC),
        "share": Decimal("0.125"),
        "yes": True,
        "no": False,
        "count": 3,
        "row": {"items": "the row's own"},
        "nothing": None,
        "names": ["Jo & Co", "{{ x }}"],
    }
    assert rendered(tag, **context) == [shown]


def test_rows_and_paragraphs_repeat() -> None:
    document = new_document()
    document.add_paragraph("{%p for bid in bids %}")
    document.add_paragraph("{{ bid.provider }}", style="Heading 1")
    document.add_paragraph("{%p endfor %}")
    grid = document.add_table(3, 2, style="House Table")
    for cell, text in zip(
        grid.columns[0].cells, ("{%tr for bid in bids %}", "{{ bid.provider }}", "{%tr endfor %}"), strict=True
    ):
        cell.text = text
    grid.cell(1, 1).text = "{{ bid.amount|money }}"
    document.add_paragraph(END)
    bids = [{"provider": "A <b>", "amount": Decimal(1)}, {"provider": "{% B", "amount": Decimal("2.5")}]
    back = read_word(render_template(saved(document), "report.docx", {"bids": bids}), "report.docx")
    assert [(block.heading, block.text) for block in back.blocks[:2]] == [(1, "A <b>"), (1, "{% B")]
    (made,) = [block for block in back.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["A <b>", "£1.00"], ["{% B", "£2.50"]]


def test_footers_are_filled_in_too() -> None:
    made = render_template(template("x", footer=" {{ code }}"), "letter.docx", {"code": "a/1"})
    footers = [story for story in read_word(made, "letter.docx").stories if story.name.startswith("footer")]
    assert [block.text for block in footers[0].blocks] == ["\tPage 1 of 1 a/1"]


# Faults of the template


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("{{ provder }}", "asks for “provder”, which this document is not given. The nearest name is “provider”"),
        ("{{ bid.amonut }}", "asks for “amonut”, which this document is not given. The nearest name is “amount”"),
        ("{{ provder|money }}", "asks for “provder”"),
        ("{% for row in rosw %}{% endfor %}", "asks for “rosw”"),
        ("{% if provder %}x{% endif %}", "asks for “provder”"),
        ("{{ provider|mony }}", "No filter named 'mony'. It stands near “{{ provider|mony }}”"),
        ("{{ provider|safe }}", "No filter named 'safe'"),
        ("{{ provider|money }}", "“money” cannot show 'Jo'"),
        ("{{ bid.amount|day }}", "“day” cannot show"),
        ("{{ empty }}", "prints a value that is empty"),
        ("{% if %}", "cannot be read"),
        ("{% for x in provider %}", "cannot be read"),
        ("{{ provider", "cannot be read"),
        ("{{ provider.__class__ }}", "asks for “__class__”"),
        ("{{ ''.__class__.__mro__ }}", "asks for “__class__”"),
        ("{{ range(1000000000) }}", "cannot be worked out"),
        ("{% include 'x' %}", "cannot be"),
        ("{% raw %}{{ left }}{% endraw %}", "a tag was left unread: “{{ left }}"),
        ("{_{ left }_}", "a tag was left unread: “{{ left }}"),
    ],
)
def test_a_fault_of_the_template_names_template_tag_and_what_would_do(tag: str, sentence: str) -> None:
    context = {"provider": "Jo", "bid": {"amount": Decimal(1)}, "empty": None}
    with pytest.raises(TemplateError) as caught:
        render_template(template("before", tag), "letter.docx", context)
    assert str(caught.value).startswith("letter.docx: ")
    assert sentence in str(caught.value)


def test_a_template_without_its_last_paragraph_proves_nothing_and_is_refused() -> None:
    with pytest.raises(TemplateError, match="the document was cut, or the template does not end"):
        render_template(template("x", end=False), "letter.docx", {})


def test_a_provider_cannot_write_the_proof_that_nothing_was_cut() -> None:
    with pytest.raises(TemplateError, match="the document was cut"):
        render_template(template("{{ answer }}", end=False), "letter.docx", {"answer": "{{ end_of_document }}"})


@pytest.mark.parametrize("value", [0.1, object(), b"bytes", {1, 2}])
def test_a_value_no_template_is_given_is_our_own_fault(value: object) -> None:
    with pytest.raises(TypeError, match=r"bid\.rows\[0\]: a template is not given"):
        render_template(template("x"), "letter.docx", {"bid": {"rows": [value]}})


# The file


def test_properties_are_ours_and_nobodys_name_is_left() -> None:
    document = new_document()
    document.core_properties.author = document.core_properties.last_modified_by = "Jo Bloggs"
    document.add_paragraph(END)
    made = render_template(saved(document), "letter.docx", {"title": "Report"}, properties={"form-code": "a/1"})
    told = read_word(made, "letter.docx").properties
    assert (told["title"], told["language"], told["form-code"]) == ("Report", "en-GB", "a/1")
    assert told["created"] == told["modified"] == "1980-01-01T00:00:00Z"
    package = open_package(made, "letter.docx")
    assert "Bloggs" not in "".join(package.part(name).decode() for name in package.names)


CODE = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from test_template import template
from commissioning.documents.template import render_template
context = {{"a": "x", "rows": [{{"b": "1", "c": "2"}}], "title": "t"}}
filled = template("{{{{ a }}}}", "{{{{ rows[0].b }}}}")
made = render_template(filled, "t.docx", context, properties={{"q": "1", "p": "2"}})
print(hashlib.sha256(made).hexdigest())
"""


def test_the_same_context_gives_the_same_bytes_in_another_process() -> None:
    code = CODE.format(tests=os.path.dirname(__file__))  # noqa: PTH120 - a plain string for the other process
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert len(told[0]) == len(hashlib.sha256().hexdigest())


def test_only_the_body_differs_when_only_a_value_does() -> None:
    one, other = (render_template(template("{{ a }}"), "t.docx", {"a": value}) for value in ("1", "2"))
    assert {name for name, digest in part_hashes(one).items() if part_hashes(other)[name] != digest} == {
        "word/document.xml"
    }


def test_tags_that_word_split_into_runs_are_still_read() -> None:
    document = new_document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ ans", "wer", " }", "}"):
        paragraph.add_run(piece).bold = piece != "wer"
    document.add_paragraph(END)
    made = render_template(saved(document), "letter.docx", {"answer": "{{ x }}"})
    assert paragraphs_of(read_word(made, "letter.docx")) == ["{{ x }}"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_template_saved_by_libreoffice_still_works(tmp_path: Path) -> None:
    content = template("Dear {{ provider }},", "{%p for row in rows %}", "{{ row.name|upper }}", "{%p endfor %}")
    (tmp_path / "letter.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "out", "letter.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    resaved = (tmp_path / "out" / "letter.docx").read_bytes()
    made = render_template(resaved, "letter.docx", {"provider": "{{ Jo }}", "rows": [{"name": "a"}, {"name": "b"}]})
    assert [text for text in paragraphs_of(read_word(made, "letter.docx")) if text] == ["Dear {{ Jo }},", "A", "B"]
    assert not [name for name in open_package(made, "x").names if name == "docProps/app.xml"]
