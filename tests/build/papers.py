"""The other papers that come with a bid: plain PDF files, and a scan of a signed page. None is anybody's real paper."""

from __future__ import annotations

import io
import subprocess
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

LINE_WIDTH = 78


def text_pdf(title: str, text: str) -> bytes:
    """A one-page PDF of plain text in a font every reader has (ISO 32000-1, 9.6.2.2)."""
    lines = [title, "", *(line for part in text.split("\n") for line in textwrap.wrap(part, LINE_WIDTH) or [""])]
    shown = "\n".join(f"({escaped(line)}) '" for line in lines)
    page = f"BT /F1 11 Tf 60 780 Td 16 TL\n{shown}\nET".encode("cp1252", "replace")
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
    )


def escaped(line: str) -> str:
    """Mask what ends a PDF string."""
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(*objects: bytes) -> bytes:
    """Write the objects, numbered from 1, with the table of where each begins."""
    made, starts = io.BytesIO(), []
    made.write(b"%PDF-1.4\n")
    for number, each in enumerate(objects, start=1):
        starts.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    made.writelines(b"%010d 00000 n \n" % start for start in starts)
    made.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return made.getvalue()


def scan(pages: bytes, *, signature: Sequence[tuple[int, int]]) -> bytes:
    """The last page of a PDF, printed, signed with a pen and scanned a little askew: a picture in a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in.pdf").write_bytes(pages)
        subprocess.run(["pdftoppm", "-gray", "-r", "60", "-png", "in.pdf", "page"], cwd=folder, check=True)
        last = max(Path(folder).glob("page*.png"))
        picture = Image.open(last).convert("L")
        ImageDraw.Draw(picture).line(list(signature), fill=40, width=2, joint="curve")
        askew = picture.rotate(0.8, fillcolor=250)
        made = io.BytesIO()
        askew.save(made, "PDF", resolution=60, quality=40)
    return made.getvalue()
