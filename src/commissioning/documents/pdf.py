"""What can be said of a PDF before it can be read as a form: how many pages, and whether they hold text."""

from __future__ import annotations

import io
from typing import NamedTuple

import pdfplumber

from commissioning.errors import DocumentError

# A form says something on its first pages; laying out every page of a long report takes minutes.
PAGES_LOOKED_AT = 3

_PROBLEM = "The PDF is damaged or protected with a password: it cannot be opened."
_REMEDY = "Ask the sender for a new copy."


class PdfDescription(NamedTuple):
    """A PDF from outside; without text it is a scan or a picture."""

    pages: int
    has_text: bool

    def __str__(self) -> str:
        pages = "1 page" if self.pages == 1 else f"{self.pages} pages"
        what = "with text" if self.has_text else "without text on its first pages (a scan or pictures)"
        return f"PDF, {pages}, {what}; not readable as a form yet."


def describe_pdf(content: bytes, file: str) -> PdfDescription:
    """Count the pages of a PDF and look for text on the first ones; DocumentError if it cannot be opened."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            found = PdfDescription(len(pdf.pages), any(page.chars for page in pdf.pages[:PAGES_LOOKED_AT]))
    except Exception as error:  # the PDF reader raises errors of every kind on damaged files
        raise DocumentError(file, _PROBLEM, _REMEDY) from error
    if not found.pages:
        raise DocumentError(file, _PROBLEM, _REMEDY)
    return found
