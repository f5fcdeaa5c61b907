"""Reading a returned form: every way of finding an answer is tried, and what the ways find is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from commissioning.documents.tree import Document
from commissioning.findings import Finding, Severity
from commissioning.forms.answer import Reader, Typed, typed
from commissioning.forms.ask import ask
from commissioning.forms.controls import find_by_control
from commissioning.forms.found import Found
from commissioning.forms.identity import Identity, identify
from commissioning.forms.labels import WITHOUT_NUMBER, Site, find_by_label, find_sites, taken_by
from commissioning.forms.ledger import Wording, make_ledger, printed_of, wording
from commissioning.forms.survey import Survey, survey
from commissioning.forms.tables import read_table
from commissioning.model.bid import Answer, Reading, Status, Value
from commissioning.model.form import Asked, Form, Kind
from commissioning.values.parsed import quoted

NONE: Final[Mapping[str, Value]] = MappingProxyType({})


@dataclass(slots=True)
class Gathered:
    """Answers, the pieces they used, and findings, as they are gathered."""

    answers: list[Answer] = field(default_factory=list)
    claims: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, answer: Answer, numbers: frozenset[int], findings: tuple[Finding, ...]) -> None:
        """Add one answer; a piece that two answers used stays with the first, so that it is counted once."""
        self.answers.append(answer)
        self.findings.extend(findings)
        for number in numbers:
            self.claims.setdefault(number, answer.question)


def read_form(
    document: Document, form: Form, *, prefilled: Mapping[str, Value] = NONE, blank: Document | None = None
) -> Reading:
    """Return every answer with its place, every run of text with its fate, and everything noticed.

    `blank` is the form as it went out, `ask(form, prefilled)` unless said otherwise; `prefilled` is what the office
    had filled in. Answers are given as they stand, whether or not another answer makes their question unnecessary.
    """
    returned = survey(document)
    words = wording(survey(blank or ask(form, prefilled)))
    sites = find_sites(returned, form)
    gathered = _gather(returned, form, sites, words, prefilled)
    found = sum(answer.status is not Status.NOT_FOUND for answer in gathered.answers)
    identity = identify(document, returned, form, share_found=found / max(1, len(gathered.answers)))
    ledger, unplaced = make_ledger(returned, words, gathered.claims, sites, form)
    about_wording = () if _is_other(identity) else (*_wording_findings(form, sites, gathered), *unplaced)
    findings = (*document.findings, *identity.findings, *gathered.findings, *about_wording)
    return Reading(
        file=document.file,
        code=identity.code,
        matched=identity.matched,
        answers=tuple(gathered.answers),
        ledger=ledger,
        findings=findings,
    )


def _is_other(identity: Identity) -> bool:
    """Tell whether the file is a form of another round, of which no wording of ours can be asked."""
    return any(finding.code == "wrong-form" for finding in identity.findings)


def _gather(
    returned: Survey, form: Form, sites: dict[str, list[Site]], words: Wording, prefilled: Mapping[str, Value]
) -> Gathered:
    gathered, taken = Gathered(), taken_by(sites)
    by_control = find_by_control(returned, form)
    by_label = find_by_label(returned, form, sites, printed_of(words, form))
    for asked in form.asked:
        if asked.question.kind is Kind.TABLE:
            filled = prefilled.get(asked.id)
            read = read_table(returned, asked, sites.get(asked.id, ()), taken=taken, filled=filled)
            gathered.add(read.answer, read.numbers, read.findings)
        else:
            gathered.add(*decide(asked, by_control.get(asked.id), by_label.get(asked.id)))
    return gathered


def decide(
    asked: Asked, by_control: Found | None, by_label: Found | None
) -> tuple[Answer, frozenset[int], tuple[Finding, ...]]:
    """Make one answer of what the control and the wording lead to; where they differ, a person decides."""
    finds = [found for found in (by_control, by_label) if found is not None]
    if not finds:
        return Answer(question=asked.id, status=Status.NOT_FOUND, confidence=0.0), frozenset(), ()
    numbers = frozenset[int]().union(*(found.seen.numbers for found in finds))
    best = next((found for found in finds if found.seen.raw), finds[0])
    reader = Reader(asked.question, best.place, None)
    result = typed(asked.question, best.seen.raw, best.place)
    alternatives = _alternatives(asked, finds, best, result)
    if alternatives or best.seen.doubts:
        result = _conflict(reader, best, alternatives)
    answer = Answer(
        question=asked.id,
        status=_status(result, finds),
        value=result.value,
        raw=best.seen.raw,
        place=best.place,
        method=best.method,
        confidence=best.confidence,
        alternatives=alternatives,
    )
    return answer, numbers, (*result.findings, *_leftover(reader, best))


def _status(result: Typed, finds: list[Found]) -> Status:
    prompted = any(found.seen.prompted for found in finds)
    return Status.PLACEHOLDER if result.status is Status.BLANK and prompted else result.status


def _alternatives(asked: Asked, finds: list[Found], best: Found, result: Typed) -> tuple[str, ...]:
    """Return the different readings of an answer, the best first; none if all agree."""
    others = [found.seen.raw for found in finds if found is not best and found.seen.raw]
    others.extend(other for found in finds for other in found.others)
    differing = tuple(dict.fromkeys(other for other in others if not _agrees(asked, best.seen.raw, result, other)))
    return (best.seen.raw, *differing) if differing else ()


def _agrees(asked: Asked, raw: str, result: Typed, other: str) -> bool:
    if other.split() == raw.split():
        return True
    again = typed(asked.question, other, None)
    if result.status is Status.BLANK or again.status is Status.BLANK:
        return result.status is again.status
    return result.status is Status.ANSWERED and again.status is result.status and again.value == result.value


def _conflict(reader: Reader, best: Found, alternatives: tuple[str, ...]) -> Typed:
    if not alternatives:
        sentence = f"{reader.name} contradicts itself. {best.seen.doubts[0]} A person must say which is meant."
    elif reader.is_private:
        sentence = f"{reader.name} can be read in {len(alternatives)} ways; a person must say which is meant."
    else:
        readings = " or ".join(quoted(text) for text in alternatives)
        sentence = f"{reader.name} can be read as {readings}; a person must say which is meant."
    return Typed(Status.CONFLICT, None, (reader.finding("conflict", Severity.ERROR, sentence),))


def _leftover(reader: Reader, best: Found) -> tuple[Finding, ...]:
    if not best.seen.leftover:
        return ()
    sentence = f"{reader.name} was typed beside the form's own prompt, which was left out of it."
    return (reader.finding("prompt-left", Severity.NOTE, sentence),)


def _wording_findings(form: Form, sites: dict[str, list[Site]], gathered: Gathered) -> Iterator[Finding]:
    """Notice questions whose wording was changed or is gone."""
    for asked, answer in zip(form.asked, gathered.answers, strict=True):
        site = next(iter(sites.get(asked.id, ())), None)
        if site is None:
            yield _removed(asked, answer)
        elif site.score < WITHOUT_NUMBER and not site.is_inline:
            sentence = (
                f"Question {asked.number} reads {quoted(site.line.text)} in this file; the form asks "
                f"“{asked.question.text}”. Check that the answer fits the question as asked."
            )
            yield Finding(
                code="altered-question",
                severity=Severity.WARNING,
                message=sentence,
                place=site.line.place,
                question=asked.id,
            )


def _removed(asked: Asked, answer: Answer) -> Finding:
    if answer.status is Status.NOT_FOUND:
        sentence = f"Question {asked.number} was not found in this file; look for its answer, or ask the provider."
        severity = Severity.ERROR
    else:
        sentence = f"The wording of question {asked.number} is not in this file; its answer was found without it."
        severity = Severity.WARNING
    code = "removed-question"
    return Finding(code=code, severity=severity, message=sentence, place=answer.place, question=asked.id)
