"""Finding answers by their controls: by tag, then by alias (all that another program may have kept)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import replace

from commissioning.documents.tree import Control
from commissioning.forms.found import Found, united
from commissioning.forms.marks import is_mark
from commissioning.forms.survey import Line, Seen, Span, Survey, controls_of, seen
from commissioning.forms.tags import names, option_tag
from commissioning.model.bid import Method
from commissioning.model.form import Form, Kind, Question

Instance = tuple[str, str, str]
Spans = list[tuple[Span, ...]]


def named(span: Span, known: Container[str]) -> tuple[str, Method, Control] | None:
    """Return the known name of the innermost control around a piece that has one, and which name it is."""
    for control in controls_of(span):
        if control.tag in known:
            return control.tag, Method.TAG, control
        if control.alias in known:
            return control.alias, Method.ALIAS, control
    return None


def find_by_control(survey: Survey, form: Form) -> dict[str, Found]:
    """Return what the controls say, by question; tables are read by their grid, not here."""
    by_name = _by_name(survey, form)
    finds = {}
    for asked in form.asked:
        question = asked.question
        if question.kind is Kind.TABLE:
            continue
        found = _options(question, by_name) if question.kind is Kind.CHOICES else by_name.get(question.id)
        if found is not None:
            finds[question.id] = found
    return finds


def _by_name(survey: Survey, form: Form) -> dict[str, Found]:
    """Unite the instances of every named control."""
    known = names(form)
    instances: dict[tuple[str, Method, Instance], Spans] = defaultdict(list)
    for line in survey.lines:
        for key, spans in _named_runs(line, known).items():
            instances[key].append(tuple(spans))
    finds: dict[str, list[Found]] = defaultdict(list)
    for (name, method, _), lines in instances.items():
        finds[name].append(Found(seen(lines, lines[0][0].piece.place), method))
    return {name: found for name, several in finds.items() if (found := united(several))}


def _named_runs(line: Line, known: Container[str]) -> dict[tuple[str, Method, Instance], list[Span]]:
    runs: dict[tuple[str, Method, Instance], list[Span]] = defaultdict(list)
    for span in line.spans:
        if name := named(span, known):
            runs[(name[0], name[1], (name[2].tag, name[2].alias, name[2].key))].append(span)
    return runs


def _options(question: Question, by_name: dict[str, Found]) -> Found | None:
    """Make one answer of the tick boxes of a question's options.

    Another program may have stretched a control over all the options: one that holds more than a mark names nothing.
    """
    named = ((option, by_name.get(option_tag(question.id, option.id))) for option in question.options)
    finds = [(option, found) for option, found in named if found and is_mark(found.seen.raw) is not None]
    if len(finds) < len(question.options):
        return None
    raw = "\n".join(f"{found.seen.raw} {option.text}" for option, found in finds)
    numbers = frozenset[int]().union(*(found.seen.numbers for _, found in finds))
    first = finds[0][1]
    doubts = tuple(doubt for _, found in finds for doubt in found.seen.doubts)
    others = tuple(f"{other} {option.text}" for option, found in finds for other in found.others)
    return replace(first, seen=Seen(raw, numbers, first.place, doubts=doubts), others=others)
