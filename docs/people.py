"""Plays the people of the tutorial at Excel. No part of the product: in a real round, officers do this by hand.

    python people.py grid ISSUED.xlsx RETURNED.xlsx --first     the joint grid as it first comes back, with slips in it
    python people.py grid ISSUED.xlsx RETURNED.xlsx             the joint grid filled in
    python people.py review ISSUED.xlsx RETURNED.xlsx           the review of answers, two of them put right

The workbook is opened as it was issued, and words are typed into cells found by the words above and beside them, as a
person finds them. Every judgement is made up, like the providers it is about.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "Office of the Police and Crime Commissioner for Hertfordshire"
COUNCIL = "Hertfordshire County Council"
PRESENT = (
    ("Robin Ashdale", OFFICE),
    ("Owen Hartsby", OFFICE),
    ("Priya Lockwell", COUNCIL),
    ("Dorothy Fenwright", COUNCIL),
)
INTEREST = ("Dorothy Fenwright", COUNCIL, "Juniper Yard Counselling", "Trustee until December 2019; said so and left.")


class Said(NamedTuple):
    """What the meeting says of one service: under each of the five headings, then what follows from it."""

    need: str
    strategy: str
    evidence: str
    deliverable: str
    findings: str
    recommendation: str
    priority: str
    reason: str


YES, PROVISIONALLY, NO = "include", "include provisionally", "not include"

MEETING = {
    "Thistledown IDVAs, north and east": Said(
        "High. Three districts, every place short.", "Both links shown.", "Own records, dated and complete.",
        "Team is there; one post to fill.", "None.", YES, "1",
        "The largest gap in the county's IDVA cover, and the team to close it is already working.",
    ),
    "Kite Lane ISVAs": Said(
        "High, and growing with the courts' delays.", "Both links claimed; recovery well shown.",
        "Three years of figures that fit together.", "One post to fill; office there.", "None.", YES, "2",
        "The waiting list is long and measured, and nobody else stays to the end of a trial.",
    ),
    "Angan outreach": Said(
        "Very high: eight in nine without help.", "Both links shown.", "Plain and credible.",
        "One worker there, a half post to fill.", "None.", YES, "3",
        "Led by and for the women it serves, in a cell where almost nothing is provided.",
    ),
    "Play therapy for children after sexual abuse": Said(
        "High in Broxbourne and East Hertfordshire.", "Shown.", "Referral book, checked.", "Yes.",
        "Three policies to follow.", YES, "4", "No other service takes children without a diagnosis.",
    ),
    "Deaf advocate": Said(
        "No published figure. The bid's own evening with 34 women is what there is; it convinces.",
        "One link, well meant.", "15 of 34; careful about what it does not know.", "One post; must recruit by May.",
        "No accounts yet; explained.", YES, "5",
        "Judged on its own evidence because no figure is published. Nobody else in the county offers this.",
    ),
    "Broxbourne and Welwyn Hatfield IDVA posts": Said(
        "High in both districts.", "Shown.", "Move-on records; hospital figures by telephone only.",
        "Both posts to be recruited.", "Total put right by the provider on 1 March.", YES, "6",
        "Covers the weeks after refuge, which nobody does, and the hospital.",
    ),
    "Aldwyn House ISVA for Watford and Dacorum": Said(
        "High in Watford.", "Shown.", "The visiting ISVA's own list.", "Rooms are there.", "None.", YES, "7",
        "Takes over where the county's ISVA cannot, with her support.",
    ),
    "Brackenhall Hertfordshire IDVA team": Said(
        "Middling in Dacorum, high in Hertsmere.", "All three shown.", "Very full.", "Yes.", "None.", YES, "8",
        "A national charity's local service: staff, premises and people helped are all here (rule R4).",
    ),
    "Stalking advocacy, Hertfordshire": Said(
        "High; small numbers.", "Shown.", "A year of requests, month by month.", "One post.",
        "A line below question 4.2 announces a letter; it has not come.", YES, "9",
        "82 requests and nobody to take them.",
    ),
    "Thursday recovery groups": Said(
        "Middling.", "Recovery shown.", "Registers of two groups.", "Running.",
        "Section 3 was answered for the national charity; see the decision of 2 March.", YES, "10",
        "Found eligible on review; a running group with a waiting list.",
    ),
    "Children who saw it": Said(
        "High in both districts.", "Shown.", "Eleven schools named.", "One post.",
        "Section 3 is blank: referred, and no answer yet.", PROVISIONALLY, "11",
        "Good in every other respect; stays in only if section 3 is answered and shows a local service.",
    ),
    "Hands first: art and movement therapy": Said(
        "High in Welwyn Hatfield.", "Shown.", "Letters of three services.", "One post to fill.",
        "Summary over the limit, read whole.", YES, "12", "Reaches women whom talking therapies lose.",
    ),
    "Long-term counselling after sexual violence": Said(
        "High in both places.", "Shown.", "Waiting list only, but dated.", "Yes.", "None.", YES, "13",
        "A closed list of 57 speaks for itself. D. Fenwright took no part.",
    ),
    "Later-life outreach": Said(
        "High for its size.", "Shown.", "29 enquiries, 11 visits.", "One part-time post.", "Corrected version used.",
        YES, "14", "Older people are hardly reached otherwise.",
    ),
    "Outreach for men": Said(
        "High for its size.", "One link.", "31 men, no more is known.", "New post in three places: stretched.",
        "None.", YES, "15", "The only bid for men in these districts.",
    ),
    "Lantern Row outreach": Said(
        "High for its size.", "One link.", "Counted by postcode.", "Young organisation.", "No accounts yet.", YES, "16",
        "The only bid for LGBT+ people.",
    ),
    "Ferrymead outreach": Said(
        "Low in Watford, where most is provided; middling in Three Rivers.", "One link.", "Diary.", "Yes.", "None.",
        YES, "17", "Sound; less pressing than the others of its stream.",
    ),
    "Watford and Three Rivers IDVAs": Said(
        "High in both.", "Both links claimed.", "Calls, not cases.", "Two posts to recruit from nothing.", "None.",
        YES, "18", "Needed, but no experience with these posts yet; start in July would be more likely.",
    ),
    "The Wickham Room": Said(
        "High in North Hertfordshire.", "None claimed.", "Eleven turned away.", "Nine people and a kettle.",
        "Came as a PDF in time, as Word within the extension.", YES, "19", "Small, cheap and the only one there.",
    ),
    "East of England ISVA hub, Hertfordshire": Said(
        "High, for the 55% that is Hertfordshire.", "One link.", "Return of one quarter.", "Two posts.",
        "Referred: the facts point both ways (rule R5).", PROVISIONALLY, "20",
        "Only for the share that is the county's; stays in only if the provider can keep one post for it.",
    ),
    "Mondays": Said(
        "High in Broxbourne.", "None claimed.", "A notebook.", "Two days a week.", "Date and amount put right.", NO, "",
        "Too little is known of who is helped; the office will help them to apply for a small grant.",
    ),
}  # fmt: skip

# What is wrong in the grid as it first comes back: by service, the column and what was typed, "" for nothing.
SLIPS = {
    "Mondays": ("Reason", ""),
    "Broxbourne and Welwyn Hatfield IDVA posts": ("Priority", "5"),
    "Hands first: art and movement therapy": ("Priority", "twelve"),
}

# What an officer makes of an answer that could not be read: by what stands in the form, what is meant, and why.
MEANT = {
    "05/06/21": ("5 June 2021", "The provider's e-mail of 2 March says 5 June 2021."),
    "£12k": ("£12,000.00", "The provider's e-mail of 2 March says twelve thousand pounds."),
}


def fill_grid(workbook: Workbook, *, first: bool) -> None:
    """Fill in the grid; the first time round three entries are wrong and one person has declared nothing."""
    bids = {provider: bid for bid, provider in fill_judgements(workbook, first=first)}
    sheet, row, columns = titled(workbook, "Name", "Body")
    for number, (person, body) in enumerate(PRESENT, start=row + 1):
        sheet.cell(number, columns["Name"]).value = person
        sheet.cell(number, columns["Body"]).value = body
    sheet, row, columns = titled(workbook, "Name", "Bid", "Interest, or “none”")
    lines = [(person, body, "", "none") for person, body in PRESENT if person != INTEREST[0]]
    if not first:
        lines.append((INTEREST[0], INTEREST[1], bids[INTEREST[2]], INTEREST[3]))
    for number, line in enumerate(lines, start=row + 1):
        for title, text in zip(("Name", "Body", "Bid", "Interest, or “none”"), line, strict=True):
            sheet.cell(number, columns[title]).value = text or None


def fill_judgements(workbook: Workbook, *, first: bool) -> Iterator[tuple[str, str]]:
    """Fill in every line the meeting spoke about; yield each bid with its provider."""
    sheet, row, columns = titled(workbook, "Service", "Recommendation", "Priority", "Reason")
    judgements = [title for title in columns if title.startswith("Judgement")]
    for number in range(row + 1, sheet.max_row + 1):
        service = str(sheet.cell(number, columns["Service"]).value or "")
        if not service:
            return
        yield str(sheet.cell(number, 1).value), str(sheet.cell(number, columns["Provider"]).value)
        if said := MEETING.get(service):
            typed = dict(zip((*judgements, "Recommendation", "Priority", "Reason"), said, strict=True))
            if first and service in SLIPS:
                title, text = SLIPS[service]
                typed[title] = text
            for title, text in typed.items():
                sheet.cell(number, columns[title]).value = (int(text) if text.isdigit() else text) or None


def fill_review(workbook: Workbook) -> None:
    """Put right what is known to be meant; leave the rest for the providers."""
    sheet, row, columns = titled(workbook, "It reads now", "It should read", "Why")
    for number in range(row + 1, sheet.max_row + 1):
        meant = MEANT.get(str(sheet.cell(number, columns["It reads now"]).value or ""))
        if meant:
            sheet.cell(number, columns["It should read"]).value = meant[0]
            sheet.cell(number, columns["Why"]).value = meant[1]


def titled(workbook: Workbook, *wanted: str) -> tuple[Worksheet, int, dict[str, int]]:
    """Find the row of titles that has all of these: its sheet, its number, and the column of each title."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_row=30):
            titles = {str(cell.value): int(cell.column) for cell in row if cell.value is not None}
            if titles.keys() >= set(wanted):
                return sheet, int(row[0].row or 0), titles
    raise SystemExit(f"This workbook has no table with the columns {', '.join(wanted)}.")


def main() -> None:
    """Fill in one workbook and save it under another name."""
    parser = argparse.ArgumentParser(description="Play the people of the tutorial at Excel.")
    parser.add_argument("what", choices=("grid", "review"), help="which workbook it is")
    parser.add_argument("issued", type=Path, help="the workbook as it was issued")
    parser.add_argument("returned", type=Path, help="where to save it, filled in")
    parser.add_argument("--first", action="store_true", help="with the slips of the first return")
    options = parser.parse_args()
    workbook = load_workbook(options.issued)
    if options.what == "grid":
        fill_grid(workbook, first=options.first)
    else:
        fill_review(workbook)
    workbook.save(options.returned)


if __name__ == "__main__":
    main()
