"""Finding answers by the questions printed beside them: by number and words, never by the first that looks alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from commissioning.forms.controls import named
from commissioning.forms.found import Found, united
from commissioning.forms.survey import Box, Line, Seen, Span, Survey, seen
from commissioning.forms.tags import names
from commissioning.model.bid import Method
from commissioning.model.form import Asked, Form, Kind
from commissioning.values.text import normalise

EXACT: Final = 100.0
WITHOUT_NUMBER: Final = 97.0
INLINE: Final = 95.0
ALIKE: Final = 86.0  # of 100; measured: below it, other questions of the same form begin to look alike
ALIKE_NUMBERED: Final = 60.0  # with the right number in front
MARGIN: Final = 5.0  # over the runner-up, else it is nobody's
LONGEST_LABEL: Final = 700
SURE: Final = 0.95
ENDING: Final = re.compile(r"(?: ?\(must be answered\))?[ :*]*$")
STOPS: Final = "?. "
NUMBERED: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})[.):]? +(.*)")


@dataclass(frozen=True, slots=True)
class Site:
    """A box that holds a question's wording: how alike it is, and whether the answer follows on the same line."""

    question: str
    box: Box
    line: Line
    score: float

    @property
    def is_inline(self) -> bool:
        """Tell whether the answer follows the wording on its line."""
        return self.score == INLINE


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a question's wording."""

    box: Box
    line: Line
    key: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question looked for, with its words for comparing."""

    asked: Asked
    words: str


def find_sites(survey: Survey, form: Form) -> dict[str, list[Site]]:
    """Return where each question's wording stands; several places only if they are equally like it."""
    candidates = [each for box in survey.boxes if (each := _candidate(box))]
    exact, rest = _exact(candidates, form)
    missing = [asked for asked in form.asked if asked.id not in exact]
    alike = _alike(rest, missing, form) if missing else {}
    return {asked.id: sites for asked in form.asked if (sites := exact.get(asked.id) or alike.get(asked.id))}


def find_by_label(
    survey: Survey, form: Form, sites: dict[str, list[Site]], printed: dict[str, set[str]]
) -> dict[str, Found]:
    """Return what stands beside or under each question; `printed` is the wording of the blank form, by question."""
    taken = taken_by(sites)
    known = names(form)
    finds = {}
    for asked in form.asked:
        if asked.question.kind is Kind.TABLE:
            continue
        beside = Beside(survey, asked, taken, known, printed[asked.id] | printed[""])
        if found := united([beside.read(site) for site in sites.get(asked.id, ())]):
            finds[asked.id] = found
    return finds


def taken_by(sites: Mapping[str, list[Site]]) -> set[int]:
    """Return the boxes that hold any question's wording."""
    return {site.box.number for several in sites.values() for site in several}


def _candidate(box: Box) -> Candidate | None:
    line = next((line for line in box.own if line.text.strip()), None)
    if line is None or line.part != "body" or len(line.text) > LONGEST_LABEL:
        return None
    return Candidate(box, line, ENDING.sub("", line.key))


def _exact(candidates: list[Candidate], form: Form) -> tuple[dict[str, list[Site]], list[Candidate]]:
    """Match by number and words, then by words alone where only one question has them."""
    full = {normalise(asked.label): asked.id for asked in form.asked}
    sites: dict[str, list[Site]] = defaultdict(list)
    rest = []
    for each in candidates:
        if each.key in full:
            sites[full[each.key]].append(Site(full[each.key], each.box, each.line, EXACT))
        else:
            rest.append(each)
    return dict(sites), rest


def _alike(candidates: list[Candidate], missing: list[Asked], form: Form) -> dict[str, list[Site]]:
    """Match what is left to the questions not found, each to the best by a margin both ways."""
    found: dict[str, list[Site]] = defaultdict(list)
    missed = {asked.id for asked in missing}
    wanted = [Wanted(asked, normalise(asked.question.text)) for asked in form.asked]
    for each in candidates:
        site = _best(each, wanted)
        if site is not None and site.question in missed:
            found[site.question].append(site)
    return {question: best for question, several in found.items() if (best := _clear(several))}


def _clear(sites: list[Site]) -> list[Site]:
    """Keep the best; if another place is nearly as good and neither is sure, keep neither."""
    top = max(site.score for site in sites)
    near = [site for site in sites if site.score > top - MARGIN]
    if len(near) > 1 and top < INLINE:
        return []
    return [site for site in near if site.score == top]


def _best(candidate: Candidate, wanted: list[Wanted]) -> Site | None:
    numbered = NUMBERED.match(candidate.key)
    number, rest = (numbered[1], numbered[2]) if numbered else ("", candidate.key)
    scores = sorted(((_score(candidate, each, number, rest), each.asked.id) for each in wanted), reverse=True)
    score, question = scores[0]
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    if score <= 0 or (score < INLINE and score - runner_up < MARGIN):
        return None
    return Site(question, candidate.box, candidate.line, score)


def _score(candidate: Candidate, wanted: Wanted, number: str, rest: str) -> float:
    """Score a line, parted into its number and the rest, against a question from 0 to 100."""
    words = wanted.words
    if candidate.key.rstrip(STOPS) == words.rstrip(STOPS):
        return WITHOUT_NUMBER
    if inline_answer(candidate.line.text, wanted.asked) is not None:
        return INLINE
    if number == wanted.asked.number:
        alike = fuzz.ratio(rest[: len(words) + 20], words)
        return min(alike + (EXACT - alike) / 2, INLINE - 1) if alike >= ALIKE_NUMBERED else 0.0
    return min(fuzz.ratio(rest, words, score_cutoff=ALIKE), INLINE - 1)


def inline_answer(text: str, asked: Asked) -> int | None:
    """Return where the answer begins on a line "2.3 Question: answer", or None."""
    start = text[:40].lstrip().casefold()
    if not (start.startswith((asked.number, asked.question.text[:8].casefold()))):
        return None
    words = r"\s+".join(re.escape(word) for word in asked.question.text.rstrip("?:. ").split())
    pattern = rf"\s*(?:{re.escape(asked.number)}[.):]?\s+)?{words}\??\.?\s*(?:\(must be answered\))?\s*[:–-]\s*(?=\S)"
    match = re.match(pattern, text, re.IGNORECASE)
    return match.end() if match else None


def is_alone(box: Box) -> bool:
    """Tell whether nothing can stand to the right of it."""
    return box.grid is None or len(box.grid.rows[box.row]) == 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Reads what stands beside a question's wording."""

    survey: Survey
    asked: Asked
    taken: Container[int]
    known: dict[str, str]
    printed: Container[str]

    def read(self, site: Site) -> Found:
        """Read the answer at one site."""
        confidence = SURE if site.score >= WITHOUT_NUMBER else round(site.score * SURE / EXACT, 2)
        if site.is_inline:
            return Found(self._inline(site), Method.LABEL, confidence)
        under = self._lines(site.box.own, after=site.line)
        cells = [self._lines(box.lines) for box in self.zone(site.box)]
        if is_alone(site.box):
            lines = [*under, *(line for cell in cells for line in cell)]
            return Found(seen(lines, site.line.place), Method.LABEL, confidence)
        finds = [Found(seen(lines, site.line.place), Method.LABEL, confidence) for lines in (under, *cells)]
        return united(finds) or finds[0]

    def zone(self, box: Box) -> Iterator[Box]:
        """Yield the boxes that may hold the answer, up to the next question."""
        if box.grid is None:
            yield from self._following(box)
        elif is_alone(box):
            yield from self._below(box)
        else:
            yield from self._right(box)

    def _following(self, box: Box) -> Iterator[Box]:
        at = self.survey.boxes.index(box) + 1
        for each in self.survey.boxes[at:]:
            if each.number in self.taken or any(line.heading or line.part != "body" for line in each.own):
                return
            if each.grid is None or not each.grid.nested:
                yield each

    def _below(self, box: Box) -> Iterator[Box]:
        for row in box.grid.rows[box.row + 1 :] if box.grid else ():
            for each in row:
                if each.number in self.taken:
                    return
                yield each

    def _right(self, box: Box) -> Iterator[Box]:
        """Yield the cells to the right, and those of rows below whose first cell says nothing (an answer spilled)."""
        rows = box.grid.rows if box.grid else []
        for number, row in enumerate(rows[box.row :]):
            cells = row[box.at + 1 :] if number == 0 else row
            if number and (not cells or self._says_something(cells[0])):
                return
            for each in cells:
                if each.number in self.taken:
                    return
                yield each

    def _says_something(self, box: Box) -> bool:
        return box.number in self.taken or bool(seen(self._lines(box.lines), None).raw)

    def _lines(self, lines: Iterable[Line], *, after: Line | None = None) -> list[tuple[Span, ...]]:
        """Return the lines without the form's own wording and without what other questions' controls hold."""
        kept = []
        passed = after is None
        for line in lines:
            if passed and line.key not in self.printed:
                kept.append(tuple(span for span in line.spans if self._is_own(span)))
            passed = passed or line is after
        return kept

    def _is_own(self, span: Span) -> bool:
        name = named(span, self.known)
        return name is None or self.known[name[0]] == self.asked.id

    def _inline(self, site: Site) -> Seen:
        start = inline_answer(site.line.text, self.asked) or 0
        spans, at = [], 0
        for span in site.line.spans:
            at += len(span.piece.text)
            if at > start:
                spans.append(span)
        numbers = frozenset(span.number for span in spans)
        return Seen(site.line.text[start:].strip(), numbers, site.line.place)
