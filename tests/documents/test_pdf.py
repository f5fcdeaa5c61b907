"""What can be said of a PDF while it cannot be read as a form."""

import pytest
from word_xml import CORPUS, with_corpus

from commissioning.documents.pdf import PdfDescription, describe_pdf
from commissioning.errors import DocumentError


def pdf(*pages: bytes) -> bytes:
    """A PDF of these page contents."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, content in enumerate(pages):
        fonts = b"<</Font<</F 3 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources%s/Contents %d 0 R>>" % (fonts, 5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


@pytest.mark.parametrize(
    ("content", "description", "sentence"),
    [
        (
            pdf(b"BT /F 9 Tf (Our bid) Tj ET"),
            (1, True),
            "PDF, 1 page, with text; not readable as a form yet.",
        ),
        (
            pdf(b"", b"0 0 9 9 re f"),
            (2, False),
            "PDF, 2 pages, without text on its first pages (a scan or pictures); not readable as a form yet.",
        ),
    ],
)
def test_a_pdf_is_described(content: bytes, description: tuple[int, bool], sentence: str) -> None:
    found = describe_pdf(content, "bid.pdf")
    assert found == PdfDescription(*description)
    assert str(found) == sentence


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a PDF", pdf(b"")[:150]])
def test_a_damaged_pdf_is_a_plain_sentence(content: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        describe_pdf(content, "bid.pdf")
    assert str(raised.value) == (
        "bid.pdf: The PDF is damaged or protected with a password: it cannot be opened. Ask the sender for a new copy."
    )


@with_corpus
@pytest.mark.parametrize(
    ("name", "has_text"),
    [("pdf/hmcts_ET1_0224.pdf", True), ("pdf/scan_medical_report.pdf", False)],
)
def test_real_pdfs_are_described(name: str, has_text: bool) -> None:
    found = describe_pdf((CORPUS / name).read_bytes(), name)
    assert found.pages >= 1
    assert found.has_text is has_text


@with_corpus
@pytest.mark.parametrize("name", ["pdfium_circular_viewer_ref.pdf", "qpdf_30507.fuzz.pdf", "pdfium_bug_451830.pdf"])
def test_real_hostile_pdfs_end_in_a_plain_sentence(name: str) -> None:
    with pytest.raises(DocumentError, match="damaged or protected with a password"):
        describe_pdf((CORPUS / "hostile" / name).read_bytes(), name)
