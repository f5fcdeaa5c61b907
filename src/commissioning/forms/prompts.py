"""What a blank answer shows until somebody types over it: known to the writer of forms and to the reader."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from commissioning.model.form import Kind
from commissioning.values.text import normalise

TYPE_HERE: Final = "Type your answer here"
CHOOSE: Final = "Choose one"
PROMPTS: Final = {
    Kind.CHOICE: CHOOSE,
    Kind.YES_NO: CHOOSE,
    Kind.MONEY: "Type an amount in pounds",
    Kind.NUMBER: "Type a number",
    Kind.PERCENT: "Type a percentage",
    Kind.DATE: "Type or pick a date",
    Kind.EMAIL: "Type an e-mail address",
    Kind.PHONE: "Type a telephone number",
    Kind.POSTCODE: "Type a postcode",
    Kind.CHARITY_NUMBER: "Type a charity number",
    Kind.COMPANY_NUMBER: "Type a company number",
}
CELL_PROMPTS: Final = {Kind.CHOICE: CHOOSE, Kind.YES_NO: CHOOSE, Kind.MONEY: "£ type here", Kind.DATE: "Type a date"}
CELL_PROMPT: Final = "Type here"

WORDS_OWN: Final = (  # what Word and LibreOffice put into a control of their own making
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Choose an item.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
    "Choose a date",
)
KNOWN: Final = tuple(dict.fromkeys((TYPE_HERE, *PROMPTS.values(), *CELL_PROMPTS.values(), CELL_PROMPT, *WORDS_OWN)))
LONGEST: Final = max(len(prompt) for prompt in KNOWN) + 8
ALIKE: Final = 90  # of 100: lets through a dropped full stop or a changed quote, not another sentence

TICKED: Final = "☒"
UNTICKED: Final = "☐"
TICK_TEXT: Final = "Tick to say yes"


def prompt(kind: Kind) -> str:
    """Return what a question of this kind shows until it is answered."""
    return PROMPTS.get(kind, TYPE_HERE)


def cell_prompt(kind: Kind) -> str:
    """Return what a cell of this kind shows until it is answered: short, for narrow columns."""
    return CELL_PROMPTS.get(kind, CELL_PROMPT)


def is_prompt(text: str) -> bool:
    """Tell whether `text` is a prompt that nobody typed over, even if its flag was lost in another program."""
    if len(text) > LONGEST:
        return False
    seen = normalise(text)
    return bool(seen) and any(fuzz.ratio(seen, wanted) >= ALIKE for wanted in NORMALISED)


def without_prompt(text: str) -> str:
    """Return `text` without a prompt left standing directly before or after what was typed."""
    for known in KNOWN:
        if text.startswith(known):
            return text[len(known) :].lstrip(" .")
        if text.endswith(known):
            return text[: -len(known)].rstrip()
    return text


NORMALISED: Final = tuple(normalise(known) for known in KNOWN)
