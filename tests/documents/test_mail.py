"""E-mails as they arrive: the receiving server's time, and every attachment whatever its name."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.documents.mail import LONGEST_NAME, Mail, read_mail, received_at, safe_name
from commissioning.errors import DocumentError

RECEIVED = "Received: from {sender} by {host} (Postfix) with ESMTPS id 4x; {moment}\r\n"
SERVERS = ("opcc.example.police.uk",)
FOUR = datetime(2021, 2, 26, 16, 0, 1, tzinfo=UTC)


def mail(*parts: str, headers: str = "") -> Mail:
    """An e-mail of these parts, each with its own headers."""
    inside = "".join(f"--B\r\n{part}\r\n" for part in parts)
    return read(
        f"{headers}From: Ann <ann@refuge.example>\r\nSubject: Our bid\r\nDate: Fri, 26 Feb 2021 09:00:00 +0000\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n{inside}--B--\r\n'
    )


def read(text: str) -> Mail:
    return read_mail(text.encode(), "bid.eml")


def attached(disposition: str, content: str = "UEs=", kind: str = "application/octet-stream") -> str:
    headers = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: {disposition}"
    return f"{headers}\r\n\r\n{content}"


def names(found: Mail) -> list[str]:
    return [attachment.name for attachment in found.attachments]


def codes(found: Mail) -> list[str]:
    return [finding.code for finding in found.findings]


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nPlease find our bid."


def test_an_email_gives_its_sender_subject_body_and_attachments() -> None:
    found = mail(PLAIN, attached('attachment; filename="bid.docx"'))
    assert (found.sender, found.subject) == ("Ann <ann@refuge.example>", "Our bid")
    assert found.date == "Fri, 26 Feb 2021 09:00:00 +0000"
    assert found.body == "Please find our bid."
    assert [(file.name, file.content, file.content_type) for file in found.attachments] == [
        ("bid.docx", b"PK", "application/octet-stream")
    ]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*=utf-8''Caf%C3%A9%20bid.docx", "Café bid.docx"),
        ("attachment; filename*0*=utf-8''Caf%C3%A9; filename*1=.docx", "Café.docx"),
        ('attachment; filename="=?utf-8?B?Q2Fmw6kuZG9jeA==?="', "Café.docx"),
        ('attachment; filename="=?utf-8?Q?Caf=C3=A9?= bid.docx"', "Café bid.docx"),
        ('attachment; filename="Café.docx"', "Café.docx"),
        ('attachment; filename="=?no-such?B?Q2Fmw6kuZG9jeA==?="', "Café.docx"),
        ('attachment; filename="..\\\\..\\\\bid.docx"', "bid.docx"),
        ('attachment; filename="bid\u202excod.exe"', "bidxcod.exe"),
        ('attachment; filename="CON.docx"', "CON_.docx"),
        ("attachment", "attachment.bin"),
    ],
)
def test_a_name_is_decoded_and_made_safe(disposition: str, name: str) -> None:
    assert names(mail(PLAIN, attached(disposition))) == [name]


@given(st.text(max_size=300))
def test_no_name_can_leave_its_folder_or_deceive_the_eye(text: str) -> None:
    name = safe_name(text)
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*\u202e\n\r\0')
    assert name.strip(" ") == name
    assert name not in {".", ".."}


def test_attachments_of_one_name_are_all_kept_with_names_apart() -> None:
    found = mail(attached("attachment; filename=a.docx"), *[attached("attachment; filename=A.docx")] * 2)
    assert names(found) == ["a.docx", "A (2).docx", "A (3).docx"]


def test_pictures_in_the_text_are_kept_as_attachments() -> None:
    picture = "Content-Type: image/png\r\nContent-ID: <logo>\r\n\r\nx"
    related = f'Content-Type: multipart/related; boundary="R"\r\n\r\n--R\r\n{PLAIN}\r\n--R\r\n{picture}\r\n--R--'
    found = mail(related)
    assert names(found) == ["attachment.png"]
    assert found.body == "Please find our bid."


FORWARDED = (
    "From: Bea <bea@refuge.example>\r\nSubject: The signed bid\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="F"\r\n\r\n'
    "--F\r\nContent-Type: text/plain\r\n\r\nSee inside.\r\n"
    f"--F\r\n{attached('attachment; filename=inner.docx')}\r\n--F--"
)


def test_an_attached_email_is_kept_and_so_are_its_own_attachments() -> None:
    found = mail(PLAIN, f"Content-Type: message/rfc822\r\n\r\n{FORWARDED}")
    assert names(found) == ["The signed bid.eml", "inner.docx"]
    inner = read_mail(found.attachments[0].content, "inner.eml")
    assert (inner.subject, inner.body, names(inner)) == ("The signed bid", "See inside.", ["inner.docx"])
    assert found.body == "Please find our bid."


def test_an_attached_email_that_was_encoded_against_the_standard_is_read_too() -> None:
    encoded = base64.encodebytes(FORWARDED.encode()).decode().replace("\n", "\r\n")
    part = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
    assert names(mail(PLAIN, part)) == ["The signed bid.eml", "inner.docx"]


def test_a_web_page_gives_the_body_when_there_is_no_plain_text() -> None:
    page = "<html><style>p {}</style><p>Dear&nbsp;all,</p>Our bid<br>is attached<script>x()</script>.</html>"
    assert mail(f"Content-Type: text/html\r\n\r\n{page}").body == "Dear all,\nOur bid\nis attached."
    both = mail("Content-Type: text/html\r\n\r\n<p>page</p>", PLAIN)
    assert both.body == "Please find our bid."
    assert mail("Content-Type: text/html\r\n\r\n").body == ""


# ── When it was received ──────────────────────────────────────────────────────────────────────────────────────────


def line(host: str, moment: str = "Fri, 26 Feb 2021 16:00:01 +0000 (GMT)", sender: str = "a (b [192.0.2.1])") -> str:
    return RECEIVED.format(sender=sender, host=host, moment=moment)


def test_the_time_is_that_of_the_topmost_line_of_the_offices_own_server() -> None:
    lines = line("relay.other.example", "Fri, 26 Feb 2021 16:05:00 +0000") + line("mx.opcc.example.police.uk")
    lines += line("mx.opcc.example.police.uk", "Fri, 26 Feb 2021 15:00:00 +0000")
    assert received_at(mail(PLAIN, headers=lines), SERVERS) == (
        FOUR,
        "Received by mx.opcc.example.police.uk, by that server's clock.",
    )


def test_without_named_servers_the_topmost_line_counts() -> None:
    lines = line("relay.example") + line("first.example", "Fri, 26 Feb 2021 15:00:00 +0000")
    assert received_at(mail(PLAIN, headers=lines), ()) == (FOUR, "Received by relay.example, by that server's clock.")


@pytest.mark.parametrize("host", ["notopcc.example.police.uk", "opcc.example.police.uk.evil.example", "evil.example"])
def test_a_server_of_another_name_does_not_count_and_a_person_must_say(host: str) -> None:
    assert received_at(mail(PLAIN, headers=line(host)), SERVERS) == (
        None,
        "No server named opcc.example.police.uk says it received this e-mail; a person must say when.",
    )


def test_a_name_the_sender_made_up_is_not_the_server() -> None:
    forged = line("real.example", sender="by (by opcc.example.police.uk)")
    assert mail(PLAIN, headers=forged).received[0].by == "real.example"


def test_the_date_the_sender_wrote_is_never_used() -> None:
    assert received_at(mail(PLAIN), ()) == (
        None,
        "No server says that it received this e-mail; a person must say when.",
    )


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        ("Fri, 26 Feb 2021 16:00:01 +0000", FOUR),
        ("Fri, 26 Feb 2021 17:00:01 +0100 (CET)", FOUR),
        ("26 Feb 2021 16:00:01 GMT", FOUR),
        ("Fri, 26 Feb 2021 16:00:01 -0000", FOUR),
        ("Fri, 26 Feb 2021 16:00 +0000", FOUR.replace(second=0)),
        ("Fri, 26 Feb 2021 16:00:01", None),
        ("Fri, 26 Feb 2021 16:00:01 BST", None),
        ("Fri, 31 Feb 2021 16:00:01 +0000", None),
        ("Fri, 26 Feb 2021 25:00:01 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_counts_only_as_an_instant_with_its_zone(moment: str, instant: datetime | None) -> None:
    found = mail(PLAIN, headers=line("mx.opcc.example.police.uk", moment))
    assert found.received[0].at == instant
    at, sentence = received_at(found, SERVERS)
    assert at == instant
    assert ("gives no time with its zone; a person must say when." in sentence) == (instant is None)


def test_a_folded_line_is_one_line() -> None:
    folded = "Received: from a\r\n by mx.opcc.example.police.uk\r\n\twith SMTP;\r\n Fri, 26 Feb 2021 16:00:01 +0000\r\n"
    assert received_at(mail(PLAIN, headers=folded), SERVERS)[0] == FOUR


# ── Bad input ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [b"", b"\n\nno headers", b"\x00\x01\x02"])
def test_what_is_no_email_is_a_plain_sentence(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^bid\.eml: This is not an e-mail: it has no headers\."):
        read_mail(content, "bid.eml")


def test_an_email_cut_short_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = (
        'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n'
        f"--B\r\n{PLAIN}\r\n--B\r\n{attached('attachment; filename=bid.docx', 'UEsDBBQA')}"
    )
    found = read(whole[:-3])
    assert names(found) == ["bid.docx"]
    assert set(codes(found)) == {"mail-damaged"}


def test_attachments_locked_in_outlooks_own_form_are_an_error_with_its_remedy() -> None:
    found = mail(PLAIN, attached("attachment; filename=winmail.dat", kind="application/ms-tnef"))
    assert names(found) == ["winmail.dat"]
    assert [finding.message for finding in found.findings] == [
        "The attachments are locked in a winmail.dat. Ask the sender to send them again as plain files."
    ]
    assert codes(mail(attached("attachment", kind="application/pkcs7-mime"))) == ["mail-sealed"]


def test_emails_in_emails_without_end_are_a_plain_sentence() -> None:
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n' for number in range(3000)
    )
    with pytest.raises(DocumentError, match="too deep to be read"):
        read(f"Subject: x\r\n{deep}")


@given(st.binary(max_size=400))
def test_no_bytes_end_in_a_fault_of_ours(noise: bytes) -> None:
    content = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=B\r\nReceived: " + noise + b"\r\n--B\r\n" + noise
    found = read_mail(content, "noise.eml")
    assert received_at(found, SERVERS)[1].endswith(".")
