"""Text that may go into any document: what a file format cannot carry, or a reader cannot see, is taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LINE_ENDINGS: Final = re.compile("\r\n?|[\v\f\x85]")
UNWANTED: Final = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, clause 2.2
    "|[\u202a-\u202e\u2066-\u2069]"  # Unicode annex 9: embeddings, overrides and isolates can reorder what is read
)

FOLDED: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")  # seen by no reader
)


def clean(text: str) -> str:
    r"""Return `text` as every reader and writer of documents agrees on it.

    Line endings of every kind become "\n". Other control characters, lone surrogates and noncharacters go, because XML
    cannot carry them and a recovering parser drops all that follows. Characters that only change the direction of
    reading go, because they can make a line read otherwise than it is stored. Letters stay as typed: nothing is
    normalised.
    """
    return UNWANTED.sub("", LINE_ENDINGS.sub("\n", text))


def normalise(text: str) -> str:
    """Return `text` for comparing labels: compatible letters, quotes, dashes, case and white space folded.

    Two texts that a reader would call the same wording come out equal; the result is for comparing, never for showing.
    """
    return " ".join(unicodedata.normalize("NFKC", text.translate(FOLDED)).casefold().split())
