"""What arrived in the office, how and when: e-mails as the server kept them, and one envelope handed in.

The office saves its mailbox to a folder three times: on Friday 26 February at 16:00, on Monday 1 March at 08:30 and on
Tuesday 2 March at 13:30. What it saved lies in a folder named after that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

import providers as who
from filling import DOCUMENTS, Filled

OFFICE: Final = "dasa2021@herts-opcc.example"
SERVER: Final = "mx.herts-opcc.example"
FRIDAY, MONDAY, TUESDAY = "saved-2021-02-26-1600", "saved-2021-03-01-0830", "saved-2021-03-02-1330"

TITLES: Final = {
    "accounts": "Latest accounts",
    "constitution": "Governing document",
    "safeguarding_children": "Safeguarding policy for children",
    "safeguarding_adults": "Safeguarding policy for adults",
    "equality": "Equality and diversity policy",
    "data_protection": "Data protection policy",
}

DOCX: Final = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PDF: Final = ("application", "pdf")


@dataclass(frozen=True)
class Paper:
    """A text PDF that came along: its name as sent, and what it says."""

    file: str
    says: str


@dataclass(frozen=True)
class Sent:
    """One delivery. `forms` are files filled in; `other` further files whose bytes the builder has ready, by name.

    `at` is when the office's server took it; `date` what the sender's program wrote when that differs.
    """

    saved: str
    name: str
    at: datetime
    sender: tuple[str, str]
    subject: str
    body: str
    forms: tuple[Filled, ...] = ()
    papers: tuple[Paper, ...] = ()
    other: tuple[str, ...] = ()
    date: datetime | None = None
    by_hand: bool = False

    @property
    def path(self) -> str:
        """Where it lies below `received/`: a mail, or the folder of what was handed in."""
        return f"{self.saved}/{self.name}{'' if self.by_hand else '.eml'}"


def papers_of(filled: Filled, names: Mapping[str, str] | None = None) -> tuple[Paper, ...]:
    """The documents that a form says are attached, each under its title unless it was named otherwise."""
    name = filled.typed["organisation_name"]
    attached = [each for each in DOCUMENTS if filled.typed.get(f"documents.{each}.attached") == "Attached"]
    return tuple(
        Paper(
            file=(names or {}).get(each, f"{TITLES[each]}.pdf"),
            says=f"{name}: {TITLES[each].lower()}.\nMade up for the demonstration, like its owner. "
            "It stands for the real paper and says nothing else.",
        )
        for each in attached
    )


def feb(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant in February 2021; London kept Greenwich time."""
    return datetime(2021, 2, day, hour, minute, second, tzinfo=UTC)


def march(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant in March 2021, before the clocks changed."""
    return datetime(2021, 3, day, hour, minute, second, tzinfo=UTC)


def sender_of(filled: Filled) -> tuple[str, str]:
    """The contact the form names."""
    return filled.typed["contact_name"], filled.typed["contact_email"]


def bid(
    saved: str,
    name: str,
    at: datetime,
    *forms: Filled,
    subject: str,
    body: str,
    names: Mapping[str, str] | None = None,
    other: tuple[str, ...] = (),
    date: datetime | None = None,
    by_hand: bool = False,
) -> Sent:
    """A delivery with forms, and with the papers that the first of them says are attached."""
    return Sent(
        saved=saved,
        name=name,
        at=at,
        sender=sender_of(forms[0]),
        subject=subject,
        body=body,
        forms=forms,
        papers=papers_of(forms[0], names),
        other=other,
        date=date,
        by_hand=by_hand,
    )


DAMAGED: Final = "Tanners Yard.docx"
AS_PDF: Final = "The Wickham Room.pdf"
SCAN: Final = "scan0007.pdf"
WRONG_FORM: Final = "Community Safety Fund application Bramblewick.docx"
VENUE_LETTER: Final = Paper(
    "Letter from the community hall.pdf",
    "To whom it may concern. Larksong has hired our small hall every Thursday from 10 to 1 since September 2018 and "
    "has paid for it to the end of March 2022. The group worker has her own key.\n"
    "The hall secretary (made up for the demonstration).",
)

DELIVERIES: Final = (
    bid(
        FRIDAY,
        "2021-02-22-evenlight",
        feb(22, 8, 12, 41),
        who.EVENLIGHT,
        subject="Expression of interest: Evenlight UK",
        body="Dear colleagues,\n\nPlease find our proposal and supporting papers attached. We are writing to every "
        "area in the same terms.\n\nGideon Farrant",
    ),
    bid(
        FRIDAY,
        "2021-02-22-thistledown",
        feb(22, 9, 2, 5),
        who.THISTLEDOWN,
        subject="MoJ DA/SA funding - Thistledown Advocacy",
        body="Hello,\n\nForm and all six documents attached. Any question, ring me: I am in all week.\n\nMaeve",
    ),
    bid(
        FRIDAY,
        "2021-02-22-goosefoot",
        feb(22, 9, 14, 30),
        who.GOOSEFOOT,
        subject="form",
        body="hi heres our form, hope its ok. first one ive done\n\nMo",
    ),
    bid(
        FRIDAY,
        "2021-02-22-kite-lane",
        feb(22, 10, 31, 17),
        who.KITE_LANE,
        subject="ISVA bid, Kite Lane",
        body="As attached. Policies in the post.\n\nRosa Winterslow\nKite Lane Project",
    ),
    bid(
        FRIDAY,
        "2021-02-22-handshape",
        feb(22, 16, 2, 58),
        who.HANDSHAPE,
        subject="Deaf advocate",
        body="Please text or e-mail, not phone. Thank you. Inés",
    ),
    bid(
        FRIDAY,
        "2021-02-22-weatherby",
        feb(22, 17, 40, 3),
        who.WEATHERBY,
        subject="Weatherby Court Outreach - expression of interest",
        body="Dear Sir or Madam,\n\nOur form is attached with three documents.\n\nYours faithfully\nAlec Dunmore, "
        "Treasurer",
    ),
    bid(
        FRIDAY,
        "2021-02-23-by-hand-juniper-yard",
        feb(23, 11, 20),
        who.JUNIPER,
        subject="",
        body="",
        by_hand=True,
    ),
    bid(
        FRIDAY,
        "2021-02-23-thornhurst",
        feb(23, 11, 55, 9),
        who.THORNHURST,
        subject="ISVA for Broxbourne",
        body="Attached.\n\nDilys Amberton",
    ),
    bid(
        FRIDAY,
        "2021-02-23-brackenhall",
        feb(23, 14, 20, 44),
        who.BRACKENHALL,
        subject="Brackenhall Victim Care UK - IDVA EOI - Hertfordshire",
        body="Good afternoon,\n\nPlease find attached our expression of interest, with the documents requested.\n\n"
        "Kind regards\nImogen Strand",
    ),
    bid(
        FRIDAY,
        "2021-02-23-little-wren",
        feb(23, 18, 3, 20),
        who.WREN_ROOMS,
        subject="Little Wren Rooms",
        body="Hi, form + three papers. Other three on Monday. K.",
    ),
    bid(
        FRIDAY,
        "2021-02-23-weatherby-again",
        feb(23, 18, 4, 51),
        who.WEATHERBY,
        subject="Fwd: Weatherby Court Outreach - expression of interest",
        body="I had no reply and send it again in case it did not arrive.\n\nAlec Dunmore",
    ),
    bid(
        FRIDAY,
        "2021-02-24-quillfeather",
        feb(24, 9, 48, 2),
        who.QUILLFEATHER,
        subject="Quillfeather EOI",
        body="Dear all,\n\nOur form is attached. Please note that the least we could work with is £38,000.00, not "
        "£31,000.00: the rent of the room in Hatfield went up after the form was signed, and I did not dare to open it "
        "again.\n\nWith thanks\nBeatrix Holloway-Finch",
    ),
    bid(
        FRIDAY,
        "2021-02-24-chandni-aangan",
        feb(24, 10, 15, 37),
        who.CHANDNI,
        subject="Angan outreach",
        body="Dear Commissioner's office\n\nPlease see the form. We have never bid before and would be glad to hear "
        "if something is missing.\n\nParveen",
    ),
    bid(
        FRIDAY,
        "2021-02-24-aldwyn",
        feb(24, 13, 7, 11),
        who.ALDWYN,
        subject="Aldwyn House Trust: ISVA",
        body="Form, accounts and papers attached; also the last page again, signed by hand, as our trustees prefer it."
        "\n\nPhilip Garrow",
        names={"accounts": "Y-E 31-03-2020 (examined).pdf"},
        other=(SCAN,),
    ),
    bid(
        FRIDAY,
        "2021-02-24-larksong",
        feb(24, 15, 29, 0),
        who.LARKSONG,
        subject="Thursday groups, Stevenage and Watford",
        body="Hello, our form. Head office did section 3 for me as I was not sure about it.\n\nNadia",
    ),
    bid(
        FRIDAY,
        "2021-02-24-ferrymead",
        feb(24, 16, 55, 26),
        who.FERRYMEAD_IDVA,
        who.FERRYMEAD_OUTREACH,
        subject="Ferrymead House: two bids",
        body="Two forms, one for each stream, and our accounts and constitution, which go with both.\n\nTom",
    ),
    Sent(
        FRIDAY,
        "2021-02-24-tanners-yard",
        feb(24, 21, 10, 48),
        sender_of(who.TANNERS),
        "tanners yard bid",
        "From my phone. Signal is bad out here, shout if it is not all there. Leon",
        other=(DAMAGED,),
    ),
    bid(
        FRIDAY,
        "2021-02-25-weatherby-corrected",
        feb(25, 9, 30, 12),
        who.WEATHERBY_CORRECTED,
        subject="CORRECTED: Weatherby Court Outreach",
        body="With apologies: a day of the worker's week was left out of the first version. Please use this one.\n\n"
        "Alec Dunmore",
    ),
    bid(
        FRIDAY,
        "2021-02-25-old-forge",
        feb(25, 12, 1, 59),
        who.OLD_FORGE,
        subject="Old Forge Family Centre EOI",
        body="Attached with our policies.\n\nSunita Warbeck",
    ),
    Sent(
        FRIDAY,
        "2021-02-25-wickham-room",
        feb(25, 14, 45, 33),
        sender_of(who.WICKHAM_ROOM),
        "The Wickham Room",
        "My nephew says a PDF is safer. E. Sallow",
        other=(AS_PDF,),
    ),
    bid(
        FRIDAY,
        "2021-02-25-millrace",
        feb(25, 16, 18, 21),
        who.MILLRACE,
        subject="Millrace EOI IDVA posts",
        body="Form + 4.\n\nB. Foxcote",
    ),
    bid(
        FRIDAY,
        "2021-02-25-rye-meads",
        feb(25, 17, 22, 40),
        who.RYE_MEADS,
        subject="Stalking advocacy EOI",
        body="The form would not let me type in some of the boxes, so I deleted them and typed there. I hope that is "
        "all right.\n\nConstance Ebury",
    ),
    bid(
        FRIDAY,
        "2021-02-25-northreach",
        feb(25, 18, 36, 15),
        who.NORTHREACH,
        subject="Northreach Recovery UK: EOI",
        body="Please find attached.\n\nSamira Holbrook",
    ),
    bid(
        FRIDAY,
        "2021-02-26-tanners-yard-again",
        feb(26, 11, 40, 8),
        who.TANNERS,
        subject="tanners yard bid AGAIN",
        body="You said the file was broken. From the library this time, with the accounts and the constitution. Leon",
    ),
    bid(
        MONDAY,
        "2021-02-26-lantern-row",
        feb(26, 16, 22, 54),
        who.LANTERN_ROW,
        subject="Lantern Row 🏮",
        body="Hi! Form attached. Shout if anything looks odd, we like odd.\n\nJude",
    ),
    Sent(
        MONDAY,
        "2021-02-26-bramblewick",
        feb(26, 17, 5, 36),
        ("Harold Inchbold", "harold@bramblewick.example"),
        "Application",
        "Application attached as requested on your website.\n\nHarold Inchbold\nBramblewick Youth Trust",
        other=(WRONG_FORM,),
    ),
    bid(
        MONDAY,
        "2021-02-27-copperfield-road",
        feb(27, 0, 0, 30),
        who.COPPERFIELD,
        subject="EOI from Copperfield Road Drop-In",
        body="Here at last, the broadband here is what it is.\n\nGwen",
        date=feb(26, 23, 51, 2),
    ),
    Sent(
        TUESDAY,
        "2021-03-01-thornhurst-withdraws",
        march(1, 11, 5, 14),
        sender_of(who.THORNHURST),
        "Withdrawing our bid",
        "We have been offered rooms and a post by another funder and withdraw our bid for the ISVA in Broxbourne, so "
        "that the money can go elsewhere. Thank you.\n\nDilys Amberton",
    ),
    bid(
        TUESDAY,
        "2021-03-01-wickham-room-word",
        march(1, 15, 20, 47),
        who.WICKHAM_ROOM,
        subject="Re: Queries about your bid",
        body="Nephew found the Word one. Nothing in it is changed. E. Sallow",
    ),
    Sent(
        TUESDAY,
        "2021-03-01-millrace-reply",
        march(1, 16, 48, 2),
        sender_of(who.MILLRACE),
        "Re: Queries about your bid",
        "You are right: £145,648 is the sum, and 2021-22 is £72,200. I added the training line twice and then took "
        "the wrong thing out.\n\nBernadette Foxcote",
    ),
    Sent(
        TUESDAY,
        "2021-03-02-larksong-reply",
        march(2, 9, 35, 29),
        sender_of(who.LARKSONG),
        "Re: Queries about your bid: our reply to the recommended exclusion",
        "Section 3 was filled in by our head office for the whole of Larksong. The bid is not for that. It is for the "
        "Thursday groups in Stevenage and the Tuesday groups in Watford and nothing else. In 2020, 71 of the 74 women "
        "lived in Hertfordshire. The group worker works here and nowhere else, all the money is spent here, the hall "
        "is hired by the year (letter attached), and nobody can join by telephone. IDVAs and the county's hub refer to "
        "us.\n\nNadia Kestrel-Browne",
        papers=(VENUE_LETTER,),
    ),
    Sent(
        TUESDAY,
        "2021-03-02-goosefoot-reply",
        march(2, 10, 12, 5),
        sender_of(who.GOOSEFOOT),
        "Re: Queries about your bid",
        "sorry!! twelve thousand pounds, and we would start 5 June 2021 (not may, not 2005)\n\nMo",
    ),
)


def mail_of(sent: Sent, files: Mapping[str, bytes]) -> bytes:
    """The e-mail as the office's server kept it, with the server's line on top and the sender's own below."""
    message = EmailMessage(policy=SMTP)
    domain = sent.sender[1].partition("@")[2]
    message["Received"] = (
        f"from relay.{domain} (relay.{domain} [192.0.2.25]) by {SERVER} with ESMTPS id {sent.at:%d%H%M%S}; "
        f"{format_datetime(sent.at)}"
    )
    message["Received"] = f"from desk.{domain} by relay.{domain}; {format_datetime(sent.at - timedelta(seconds=4))}"
    message["From"] = f'"{sent.sender[0]}" <{sent.sender[1]}>'
    message["To"] = OFFICE
    message["Subject"] = sent.subject
    message["Date"] = format_datetime(sent.date or sent.at - timedelta(seconds=9))
    message["Message-ID"] = f"<{sent.name}@{domain}>"
    message.set_content(sent.body + "\n")
    for name, content in files.items():
        maintype, subtype = DOCX if name.endswith(".docx") else PDF
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    if files:
        message.set_boundary(f"=_{sent.name}_=")
    return message.as_bytes()
