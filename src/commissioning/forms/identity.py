"""Which form a file says it is: by its property, else by the code printed on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from commissioning.documents.tree import Document
from commissioning.findings import Finding, Place, Severity
from commissioning.forms.ask import CODE_PROPERTY, PRINTED_CODE, ROUND_PROPERTY
from commissioning.forms.survey import Survey
from commissioning.model.form import Form

PRINTED: Final = re.compile(rf"{PRINTED_CODE.strip()}\s*(\S{{1,100}}(?: v\d{{1,5}} [0-9a-f]{{8}}\b)?)", re.IGNORECASE)
MOST: Final = 0.6  # of a form's questions found make a file without a code that form


@dataclass(frozen=True, slots=True)
class Identity:
    """The code a file carries, whether it is this form's, and what was noticed."""

    code: str
    matched: bool
    findings: tuple[Finding, ...] = ()


def identify(document: Document, survey: Survey, form: Form, *, share_found: float) -> Identity:
    """Compare the file's code with the form's; `share_found` is how many of the questions stand in the file."""
    inside = document.properties.get(CODE_PROPERTY, "").strip()
    printed = _printed(survey)
    code = inside or (printed[0] if len(printed) == 1 else "")
    here = Place(file=document.file)
    doubts = (_two_codes(here),) if len({*printed, *((inside,) if inside else ())}) > 1 else ()
    if not code:
        sentence = (
            "The file carries no form code, so it cannot be shown to be this round's form; "
            "a person must say whether it is, or ask the provider to use the form that was issued."
        )
        finding = Finding(code="no-code", severity=Severity.WARNING, message=sentence, place=here)
        return Identity("", share_found >= MOST, (*doubts, *(() if doubts else (finding,))))
    if code == form.code:
        return Identity(code, matched=True, findings=doubts)
    return Identity(code, matched=False, findings=(*doubts, _other_form(document, code, form, here)))


def _printed(survey: Survey) -> list[str]:
    """Return the different codes printed anywhere, in reading order."""
    codes = (found[1].rstrip(".,;") for line in survey.lines if (found := PRINTED.search(line.text[:500])))
    return list(dict.fromkeys(codes))


def _two_codes(here: Place) -> Finding:
    sentence = "The file carries two different form codes; a person must say which form it is."
    return Finding(code="conflict", severity=Severity.ERROR, message=sentence, place=here)


def _other_form(document: Document, code: str, form: Form, here: Place) -> Finding:
    """Say whether the file is an earlier version of this form or a form of another round."""
    round_named = document.properties.get(ROUND_PROPERTY, "").strip()
    same_round = round_named == form.id or re.match(rf"{re.escape(form.id)}(?![A-Za-z0-9-])", code) is not None
    if same_round:
        name, sentence = (
            "old-version",
            (
                f"The file is another version of this form ({code}); the form as issued is {form.code}. "
                "Check what changed between them, or ask for the form as issued."
            ),
        )
    else:
        name, sentence = (
            "wrong-form",
            (f"The file is another round's form ({code}); this round's is {form.code}. Ask for the right form."),
        )
    return Finding(code=name, severity=Severity.ERROR, message=sentence, place=here)
