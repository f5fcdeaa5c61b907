"""The ledger: every run of text placed in an answer, known from the blank form, or listed as unplaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from commissioning.documents.tree import Piece
from commissioning.findings import Finding, Place, Severity
from commissioning.forms.labels import Site
from commissioning.forms.prompts import is_prompt
from commissioning.forms.survey import Line, Span, Survey
from commissioning.model.bid import LedgerLine
from commissioning.model.form import Form
from commissioning.values.text import normalise

Fate = Literal["placed", "boilerplate", "unplaced"]

FURNITURE: Final = re.compile(r"page \d+( of \d+)?$")  # what the house style prints at the foot of every page
SHEET: Final = "sheet "  # how the places of a workbook begin
LISTS_NAME: Final = "Choices"  # the sheet on which a workbook keeps the options of its drop-down lists
REPEATED: Final = ("header", "footer")


@dataclass(frozen=True, slots=True)
class Wording:
    """The blank form's own text, by the question it belongs to ("" for the form as a whole), and how often.

    `printed` are lines without a control; `controlled` lines with one, and `outside` what stands outside it there.
    `feet` is what headers and footers say, `lists` the options of drop-down lists, `headings` the letters of headings.
    """

    printed: Counter[tuple[str, str]]
    controlled: Counter[tuple[str, str]]
    outside: Counter[tuple[str, str]]
    feet: frozenset[str]
    lists: frozenset[str]
    headings: tuple[str, ...]

    def use(self, owners: Iterable[str], key: str) -> bool:
        """Tell whether these words are still due for one of these owners, and count them as used."""
        for owner in owners:
            for words in (self.printed, self.controlled, self.outside):
                if words[owner, key] > 0:
                    words[owner, key] -= 1
                    return True
        return False


def wording(survey: Survey) -> Wording:
    """Collect the text of the blank form."""
    printed: Counter[tuple[str, str]] = Counter()
    controlled: Counter[tuple[str, str]] = Counter()
    outside: Counter[tuple[str, str]] = Counter()
    for line in survey.lines:
        owner = line.place.tag
        if any(span.piece.controls for span in line.spans):
            controlled[owner, line.key] += 1
            outside[owner, normalise("".join(span.piece.text for span in line.spans if not span.piece.controls))] += 1
        else:
            printed[owner, line.key] += 1
    feet = frozenset(line.key for line in survey.lines if line.part.startswith(REPEATED))
    controls = (control for span in survey.spans for control in span.piece.controls)
    lists = frozenset(normalise(shown) for control in controls for shown, _ in control.options)
    headings = tuple(_letters(line.key) for line in survey.lines if line.heading)
    return Wording(printed, controlled, outside, feet, lists | {normalise(LISTS_NAME)}, headings)


def printed_of(words: Wording, form: Form) -> dict[str, set[str]]:
    """Return the lines printed for each question, and under "" those of the form as a whole."""
    found: dict[str, set[str]] = {owner: set() for owner in ("", *(asked.id for asked in form.asked))}
    for owner, key in words.printed:
        if key:
            found[owner].add(key)
    return found


def make_ledger(
    survey: Survey, words: Wording, claims: Mapping[int, str], sites: Mapping[str, list[Site]], form: Form
) -> tuple[tuple[LedgerLine, ...], tuple[Finding, ...]]:
    """Give every piece one fate; what is neither an answer nor the form's own wording becomes a finding."""
    left = replace(
        words, printed=words.printed.copy(), controlled=words.controlled.copy(), outside=words.outside.copy()
    )
    near = _nearness(survey, sites, form)
    lines: list[LedgerLine] = []
    findings: list[Finding] = []
    for line, owners in zip(survey.lines, near, strict=True):
        free = [span for span in line.spans if span.number not in claims]
        known = _is_known(line, free, owners, left)
        for span in line.spans:
            fate: Fate = "placed" if span.number in claims else _fate(span, known=known)
            lines.append(_entry(span, fate, claims.get(span.number, "")))
        if any(entry.fate == "unplaced" for entry in lines[len(lines) - len(line.spans) :] if line.spans):
            findings.append(_unplaced(line, free, owners, form))
    return tuple(lines), tuple(findings)


def cross_check(pieces: Iterable[Piece], flat_texts: Iterable[str], file: str) -> tuple[Finding, ...]:
    """Say when an independent reading of the same file found text that is in no piece of the tree."""
    tree = "".join("".join(piece.text.split()) for piece in pieces)
    flat = ["".join(text.split()) for text in flat_texts]
    runs = [text for text in flat if text and text not in tree]
    more = Counter("".join(flat)) - Counter(tree)
    if not runs and not more:
        return ()
    count = sum(map(len, runs)) or more.total()
    sentence = (
        f"A second reading of the file found {count:,} characters that the first did not; "
        "open the file and compare it with what was read."
    )
    return (Finding(code="not-in-tree", severity=Severity.ERROR, message=sentence, place=Place(file=file)),)


def _nearness(survey: Survey, sites: Mapping[str, list[Site]], form: Form) -> list[tuple[str, ...]]:
    """Return for every line the questions whose wording may stand there: the last one met, and any removed after it."""
    at = {id(site.line): question for question, several in sites.items() for site in several}
    order = [asked.id for asked in form.asked]
    after = {"": tuple(_removed_after(0, order, sites))}
    for number, question in enumerate(order):
        after[question] = (question, *_removed_after(number + 1, order, sites))
    current, found = "", []
    for line in survey.lines:
        current = at.get(id(line), current) if line.part == "body" else ""
        found.append(after[current])
    return found


def _removed_after(start: int, order: Sequence[str], sites: Mapping[str, list[Site]]) -> Iterable[str]:
    for question in order[start:]:
        if question in sites:
            return
        yield question


def _is_known(line: Line, free: list[Span], owners: tuple[str, ...], left: Wording) -> bool:
    """Tell whether what no answer has claimed of a line is the blank form's text at that place, and use it up."""
    key = normalise("".join(span.piece.text for span in free))
    if line.part.startswith(REPEATED):
        return not key or key in left.feet or FURNITURE.sub("", key).strip() in left.feet | {""}
    if line.place.path.startswith(SHEET) and _is_repeated(line, key, left):
        return True
    return left.use((*owners, ""), key) or is_prompt(key)


def _is_repeated(line: Line, key: str, left: Wording) -> bool:
    """Tell whether a workbook says again what the form says once: options on their own sheet, headings as its name."""
    if line.place.path.startswith(SHEET + LISTS_NAME) and key in left.lists:
        return True
    letters = _letters(key)
    return bool(letters) and any(
        each == letters or (line.heading and each.startswith(letters)) for each in left.headings
    )


def _letters(key: str) -> str:
    """Return letters and figures alone: the name of a sheet cannot have every sign, and is cut."""
    return "".join(letter for letter in key if letter.isalnum())


def _fate(span: Span, *, known: bool) -> Fate:
    """Decide the fate of a piece that no answer claimed."""
    control = span.piece.control
    is_untouched = control is not None and control.placeholder
    if known or not span.piece.text.strip() or (is_untouched and is_prompt(span.piece.text)):
        return "boilerplate"
    return "unplaced"


def _entry(span: Span, fate: Fate, question: str) -> LedgerLine:
    return LedgerLine(text=span.piece.text, place=span.piece.place, fate=fate, question=question)


def _unplaced(line: Line, free: list[Span], owners: tuple[str, ...], form: Form) -> Finding:
    """Say where words stand that no answer has, without repeating them: they may be sensitive."""
    words = len("".join(span.piece.text for span in free).split())
    count = "1 word" if words == 1 else f"{words:,} words"
    verb = "is" if words == 1 else "are"
    near = f" near question {form.find(owners[0]).number}" if owners and line.part == "body" else ""
    struck = " They are struck through." if any(span.piece.struck for span in free) else ""
    sentence = (
        f"{count}{near} {verb} in no answer.{struck} A person must say what they answer, or that they answer nothing."
    )
    place = next((span.piece.place for span in free if span.piece.text.strip()), line.place)
    return Finding(code="unplaced", severity=Severity.WARNING, message=sentence, place=place)
