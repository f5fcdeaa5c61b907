"""The redacted copy of a bid: every answer that may be shared, and every one withheld, with the ground."""

from __future__ import annotations

from commissioning.model.award import Dossier, Stamp
from commissioning.model.bid import Annex
from commissioning.model.form import Form
from commissioning.model.round import Round
from commissioning.steps.drafting.answers import Shown, name_form, show_answer
from commissioning.steps.drafting.making import Making, say_making, short_hash, show_deadline
from commissioning.values.record import Record


class CopiedSection(Record):
    """One section of the form with its answers."""

    title: str
    answers: tuple[Shown, ...]


class BidCopy(Record):
    """The whole copy. `unplaced` counts passages of the form that belong to no question and are not shown."""

    authority: str
    round: str
    bid: str
    provider: str
    service: str
    stream: str
    file: str
    received: str
    form_code: str
    sections: tuple[CopiedSection, ...]
    withheld: tuple[Shown, ...]
    annexes: tuple[str, ...]
    unplaced: int
    making: Making


def draft_bid_copy(round: Round, form: Form, dossier: Dossier, stamp: Stamp) -> BidCopy:
    """The copy of one bid, in the form's order."""
    bid = dossier.bid
    stream = round.stream(bid.stream)
    sections = tuple(
        CopiedSection(
            title=section.title,
            answers=tuple(show_answer(asked, bid.answer(asked.id), bid=bid.id) for asked in section.asked),
        )
        for section in form.sections
    )
    return BidCopy(
        authority=round.authority,
        round=round.title,
        bid=bid.id,
        provider=dossier.provider_name,
        service=dossier.service_name,
        stream=stream.title if stream else bid.stream,
        file=name_form(bid.id),
        received=show_deadline(bid.received) if bid.received else "not known",
        form_code=form.code,
        sections=sections,
        withheld=tuple(each for section in sections for each in section.answers if each.withheld),
        annexes=tuple(_annex(round, each) for each in bid.annexes),
        unplaced=len(dossier.unplaced),
        making=say_making(stamp),
    )


def _annex(round: Round, annex: Annex) -> str:
    """What it proves and its hash: its name as sent is the provider's, and may hold a person's name."""
    what = round.documents.get(annex.proves, annex.proves) or "not assigned to anything yet"
    return f"{what} (file {short_hash(annex.file)})"
