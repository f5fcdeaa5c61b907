"""Facts a rule cites: what the answer says, in words, and where it stands."""

from __future__ import annotations

from decimal import Decimal

from commissioning.model.bid import Answer, Bid, Status
from commissioning.model.screening import Fact


def cite(bid: Bid, question: str, name: str = "") -> Fact:
    """The answer to `question` as a fact, with the place it stands."""
    answer = bid.answer(question)
    return Fact(name=name or question.replace("_", " "), says=said(answer), place=answer.place, question=question)


def said(answer: Answer) -> str:
    """What the answer says in words; an answer that says nothing is said to say nothing, and why."""
    match answer.status:
        case Status.ANSWERED:
            return answer.raw or "answered"
        case Status.CONFLICT if answer.alternatives:
            readings = " or ".join(f'"{each}"' for each in answer.alternatives)
            return f"{state(answer)}: {readings}"
        case Status.UNREADABLE if answer.raw:
            return f'{state(answer)}: "{answer.raw}"'
        case _:
            return state(answer)


def state(answer: Answer) -> str:
    """The state an answer is in, never its words: those may be sensitive."""
    match answer.status:
        case Status.ANSWERED:
            return "answered, but not in a way this rule can use"
        case Status.BLANK | Status.PLACEHOLDER:
            return "not answered"
        case Status.NOT_ASKED:
            return "not asked on this form"
        case Status.NOT_FOUND:
            return "not found in the file"
        case Status.CONFLICT:
            return "read in more than one way"
        case Status.UNREADABLE:
            return "could not be read"


def percent(share: Decimal) -> str:
    """A share as a percentage with every digit it has, so that 49.99% never reads as 50%."""
    return f"{(share * 100).normalize():f}%"
