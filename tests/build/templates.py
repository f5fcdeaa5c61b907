"""Made the first version of the Word templates in `templates/`; from then on officers edit those in Word.

Run from the top of the repository, naming what to make anew: `python tests/build/templates.py panel_report`, or
`all`. It overwrites what officers have changed since, so it runs for nothing unless a template is named.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from house import TEXT_WIDTH, new_document, write_document

TEMPLATES = Path(__file__).parents[2] / "templates"
LANDSCAPE = 26.7
END = "{{ end_of_document }}"
Lines = str | Sequence[str]


def say(document: Document, text: str, style: str = "Normal") -> Paragraph:
    """Add a paragraph; words between ** are bold."""
    return write(document.add_paragraph(style=style), text)


def write(paragraph: Paragraph, text: str) -> Paragraph:
    """Put `text` into a paragraph, words between ** bold."""
    for index, part in enumerate(text.split("**")):
        if part:
            paragraph.add_run(part).bold = True if index % 2 else None
    return paragraph


def each(document: Document, loop: str, style: str, text: str) -> None:
    """One paragraph for each turn of a loop."""
    say(document, f"{{%p for {loop} %}}")
    say(document, text, style)
    say(document, "{%p endfor %}")


def heading(document: Document, level: int, text: str) -> Paragraph:
    """A heading of the house style."""
    return say(document, text, f"Heading {level}")


def title(document: Document, text: str, subtitle: str) -> None:
    """The title and what it is about. The document's own title property is given when it is filled in."""
    say(document, text, "Title")
    say(document, subtitle, "Subtitle")


def grid(
    document: Document,
    heads: Sequence[str],
    cells: Sequence[Lines],
    *,
    widths: Sequence[float],
    about: str,
    loop: str = "",
    style: str = "Answer",
    height: float = 0.0,
    right: Sequence[int] = (),
) -> Table:
    """A ruled table with a repeated header row; its one row of cells is repeated by `loop`.

    The columns of `right` hold figures and stand to the right, their heads too.
    """
    table = document.add_table(rows=1, cols=len(heads), style="House Table")
    table.autofit = False
    describe(table, about)
    for at, (cell, head) in enumerate(zip(table.rows[0].cells, heads, strict=True)):
        fill(cell, f"**{head}**", style, right=at in right)
    mark_header(table)
    if loop:
        table.add_row().cells[0].text = f"{{%tr for {loop} %}}"
    row = table.add_row()
    for at, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        fill(cell, lines, style, right=at in right)
    if height:
        row.height = Cm(height)
    keep_whole(row)
    if loop:
        table.add_row().cells[0].text = "{%tr endfor %}"
    set_widths(table, widths)
    return table


def fill(cell: _Cell, lines: Lines, style: str, *, right: bool = False) -> None:
    """Put paragraphs into a cell."""
    texts = [lines] if isinstance(lines, str) else list(lines)
    first, rest = cell.paragraphs[0], texts[1:]
    first.style = style
    write(first, texts[0])
    for text in rest:
        write(cell.add_paragraph(style=style), text)
    if right:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def footed(document: Document, words: str) -> Document:
    """Say at the foot of every page, left of its number, what this is, which version, and whether it is provisional."""
    mark = "{% if making.provisional %}  ·  PROVISIONAL{% endif %}"
    foot = document.sections[0].footer.paragraphs[0]
    run = foot.add_run(f"{words}  ·  version {{{{ making.version }}}}{mark}")
    foot._p.remove(run._r)
    foot._p.insert(1, run._r)
    return document


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Widths in centimetres, on the grid and on every cell."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def mark_header(table: Table) -> None:
    """The first row is a header, repeated on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def keep_whole(row: object) -> None:
    """A row is not split over two pages."""
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]  # python-docx's own row
    properties.insert(0, OxmlElement("w:cantSplit"))


def describe(table: Table, about: str) -> None:
    """The text that a screen reader says of a table."""
    name, _, words = about.partition(": ")
    for tag, text in (("w:tblCaption", name), ("w:tblDescription", words or name)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)


def gap(document: Document) -> None:
    """A little room after a table."""
    paragraph = say(document, "", "Guidance")
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(9)


def provisional(document: Document) -> None:
    """The big word, when the document is provisional."""
    say(document, "{%p if making.provisional %}")
    say(document, "PROVISIONAL", "Provisional")
    say(document, "{%p endif %}")


def how_made(document: Document, *, level: int = 1, style: str = "Normal") -> None:
    """The note every document ends with."""
    heading(document, level, "How this document was made")
    say(
        document,
        "Version {{ making.version }}, made on {{ making.made_at | moment }} from the record of the round. The same "
        "record gives the same document. The head of the record’s chain, just before this was issued, was:",
        style,
    )
    say(document, "{{ making.chain_head }}", "Guidance")
    listed(document, "making.amendments", "Amendments to the round since its form was issued:", style)
    listed(document, "making.changed", "Changed since the version before:", style)
    say(document, END)


def listed(document: Document, items: str, lead: str, style: str) -> None:
    """A lead line and bullets, only when there are any."""
    say(document, f"{{%p if {items} %}}")
    say(document, lead, style).paragraph_format.keep_with_next = True
    each(document, f"item in {items}", "List Bullet", "{{ item }}")
    say(document, "{%p endif %}")


def small_style(document: Document, size: float, *, space: float = 1.0) -> None:
    """A smaller style for crowded tables, with `space` points above and below, and one smaller yet for contents."""
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Answer"]
    small.font.size = Pt(size)
    small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(space)
    document.styles["Label"].paragraph_format.space_before = Pt(9)
    contents = document.styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = small
    contents.paragraph_format.space_before = contents.paragraph_format.space_after = Pt(0)
    contents.paragraph_format.line_spacing = 1.0


def provisional_style(document: Document) -> None:
    """The big word."""
    big = document.styles.add_style("Provisional", WD_STYLE_TYPE.PARAGRAPH)
    big.base_style = document.styles["Normal"]
    big.font.size, big.font.bold = Pt(40), True
    big.font.color.rgb = document.styles["Title"].font.color.rgb
    big.paragraph_format.space_after = Pt(6)


def number_paragraphs(document: Document) -> None:
    """Word's own numbering: headings 1, 2, 3 and paragraphs n.m, which follow when an officer adds or moves one."""
    key = "90"
    levels = (("Heading1", "%1.", 0), ("NumberedParagraph", "%1.%2", 1))
    body = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="737" w:hanging="737"/></w:pPr></w:lvl>'
        for style, mark, level in levels
    )
    numbering = document.part.numbering_part.element
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{body}'
        "</w:abstractNum>"
    )
    first_number = numbering.find(qn("w:num"))
    first_number.addprevious(parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    numbered = document.styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = document.styles["Normal"]
    numbered.paragraph_format.space_before = Pt(4)
    bullets = document.styles["List Bullet"].paragraph_format
    bullets.left_indent, bullets.first_line_indent = Cm(2.0), Cm(-0.7)
    for style, level in ((document.styles["Heading 1"], 0), (numbered, 1)):
        properties = style.element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = int(key)


def landscape(document: Document) -> None:
    """Turn the page; the footer's page number stays at the right."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.0), Cm(1.1)
    section.footer_distance = Cm(0.6)
    for paragraph in section.footer.paragraphs:
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Twips(TEXT_WIDTH), WD_TAB_ALIGNMENT.CLEAR)
        stops.add_tab_stop(Cm(LANDSCAPE), WD_TAB_ALIGNMENT.RIGHT)


# The templates


def queries() -> Document:
    """What one provider is asked."""
    document = footed(new_document(), "Questions to {{ provider }}")
    reply_style(document)
    small_style(document, 9.5)
    title(document, "Questions about your {{ bid_word }}", "{{ round }}")
    say(document, "For {{ provider }}, from the {{ authority }}")
    say(
        document,
        "Thank you for sending us your {{ bid_word }}. We have read it carefully."
        "{% if count %} There are some things we would like to understand better before it is looked at alongside "
        "the others.{% endif %}{% if count == 1 %} There is 1 question below.{% elif count %} There are {{ count }} "
        "questions below. Most should be quick to answer.{% endif %}",
    )
    say(document, "{%p if count %}")
    say(document, "**Please reply by {{ reply_by }} (London time).**", "Note")
    say(document, "{%p endif %}")
    heading(document, 1, "What we received from you")
    grid(
        document,
        ("Our reference", "Service", "File", "Received"),
        ("{{ bid.bid }}", ("{{ bid.service }}", "{{ bid.stream }}"), "{{ bid.file }}", "{{ bid.received }}"),
        loop="bid in bids",
        widths=(2.6, 6.0, 4.4, 4.0),
        about="What we received: each bid with its file and the time it reached us.",
    )
    gap(document)
    say(document, "{%p if count %}")
    heading(document, 1, "Our questions")
    say(
        document,
        "You can type your replies on this document and return it, or reply by e-mail and give the number of each "
        "question. Please do not send a new form unless we ask for one. If something is right as it stands, just "
        "say so.",
    )
    say(document, "{%p for bid in bids if bid.queries %}")
    heading(document, 2, "{{ bid.service }} ({{ bid.bid }})")
    say(document, "{%p for query in bid.queries %}")
    heading(document, 3, "{{ query.number }}. {{ query.question }}")
    kept = say(document, "**Your form says:** {{ query.says }}")
    kept.paragraph_format.keep_with_next = True
    kept = say(document, "**What we ask:** {{ query.asks | join(' ') }}")
    kept.paragraph_format.keep_with_next = True
    say(document, "**Your reply:** ", "Reply")
    say(document, "{%p endfor %}")
    say(document, "{%p endfor %}")
    say(document, "{%p else %}")
    say(document, "We have no questions about what you wrote.")
    say(document, "{%p endif %}")
    right_to_reply(document)
    heading(document, 1, "If you need help")
    say(
        document,
        "Reply to the e-mail that brought you this list; it reaches {{ contact }}. If you cannot answer something in "
        "time, tell us which question and why. We would rather hear that than nothing.",
    )
    how_made(document)
    return document


def right_to_reply(document: Document) -> None:
    """The section on a recommended exclusion, one for each bid that has one."""
    say(document, "{%p for right in rights %}")
    heading(document, 1, "Recommended exclusion: your right to reply ({{ right.bid }})")
    say(
        document,
        "Under the rules of this round, your {{ bid_word }} for “{{ right.service }}” may not be able to go forward. "
        "**No decision has been taken.** You have the right to reply first, and a named person will then decide: "
        "{{ decider }}.",
    )
    say(document, "**Please reply by {{ right.reply_by }} (London time).**", "Note")
    say(document, "{%p for ground in right.grounds %}")
    heading(document, 2, "{{ ground.rule }}")
    say(document, "{{ ground.reason }}{% if ground.source %} Where the rule comes from: {{ ground.source }}{% endif %}")
    rests = say(document, "This rests on the following. Please check each one.")
    rests.paragraph_format.keep_with_next = True
    grid(
        document,
        ("What we looked at", "What your form says", "Where"),
        ("{{ fact.name }}", "{{ fact.says }}", "{{ fact.place }}"),
        loop="fact in ground.facts",
        widths=(6.5, 7.0, 3.5),
        about="Facts the rule used: what each is, what the form says and where.",
        style="Small",
    )
    gap(document)
    say(document, "**What would change it.** {{ ground.change }}")
    say(document, "{%p endfor %}")
    say(
        document,
        "**How to reply.** Write to us in your own words, by e-mail, and attach whatever shows what you say. Quote "
        "{{ right.bid }}. If we hear nothing by then, the decision will be made on what we have.",
    )
    say(document, "{%p endfor %}")


def reply_style(document: Document) -> None:
    """A box to type a reply in."""
    style = document.styles.add_style("Reply", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(12)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.2)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right")
    )
    style.element.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{borders}</w:pBdr>"), "w:spacing", "w:ind"
    )


def joint_grid() -> Document:
    """One page a bid, in landscape."""
    document = footed(new_document(), "Joint assessment grid: {{ round }}")
    landscape(document)
    small_style(document, 8)
    provisional_style(document)
    document.styles["Subtitle"].paragraph_format.space_after = Pt(4)
    title(document, "Joint assessment grid", "{{ round }}")
    provisional(document)
    say(
        document,
        "One page for each bid, for {{ bodies | join(' and ') }} to fill in together. The facts are the office’s, "
        "each under the number of its question in the bid; the judgement is the meeting’s. There are no marks to add "
        "up. Say under each heading what you think and why, recommend one of the three outcomes, give an order of "
        "priority (1 is first), and record who was there and any interest declared.",
    )
    say(
        document,
        "{{ bids | length }} {{ 'bid' if bids | length == 1 else 'bids' }}."
        " Version {{ making.version }}, made on {{ making.made_at | moment }}; head "
        "of the record’s chain {{ making.chain_head }}.",
        "Guidance",
    )
    each(document, "item in making.amendments", "Guidance", "Amendment: {{ item }}")
    grid(
        document,
        ("Bid", "Provider", "Service", "Screening"),
        ("{{ bid.bid }}", "{{ bid.provider }}", "{{ bid.service }}", "{{ bid.standing }}"),
        loop="bid in bids",
        widths=(1.7, 7.5, 8.5, 9.0),
        about="Bids: every bid of this grid, in the order of its pages.",
        style="Contents",
    )
    say(document, "{%p for bid in bids %}")
    head = heading(document, 1, "{{ bid.bid }}  {{ bid.provider }}: {{ bid.service }}")
    head.paragraph_format.page_break_before = True
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(0), Pt(2)
    say(document, "{{ bid.stream }}. File: {{ bid.file }}. Screening: {{ bid.standing }}.", "Guidance")
    say(document, "{%p if bid.mark %}")
    mark = say(document, "**{{ bid.mark }}**", "Note")
    mark.paragraph_format.space_before = mark.paragraph_format.space_after = Pt(3)
    say(document, "{%p endif %}")
    grid(
        document,
        ("Asked for", "Need", "Strategy", "Screening and what is still open"),
        (
            ("{%p for line in bid.money %}", "{{ line.label }}: **{{ line.says }}**", "{%p endfor %}"),
            ("**{{ bid.need.headline }}**", "{%p for line in bid.need.lines %}", "{{ line }}", "{%p endfor %}"),
            (
                "**{{ bid.strategy }}**",
                "{%p for link in bid.links %}",
                "{{ link.label }}: {{ link.says }}",
                "{%p endfor %}",
            ),
            (
                "{%p if not (bid.screening or bid.findings) %}",
                "Nothing open.",
                "{%p endif %}",
                "{%p for line in bid.screening %}",
                "{{ line }}",
                "{%p endfor %}",
                "{%p for line in bid.findings %}",
                "{{ line }}",
                "{%p endfor %}",
            ),
        ),
        widths=(4.6, 8.0, 5.1, 9.0),
        about="Facts: the money asked for, the need, the strategy, and what screening and reading found.",
        style="Small",
    )
    gap(document)
    grid(
        document,
        ("Criterion", "What the bid says", "The meeting’s judgement"),
        (
            "**{{ criterion.title }}**",
            (
                "{%p if not criterion.answers %}",
                "See the facts above.",
                "{%p endif %}",
                "{%p for line in criterion.answers %}",
                "**{{ line.label }}** {{ line.says }}",
                "{%p endfor %}",
            ),
            "",
        ),
        loop="criterion in bid.criteria",
        widths=(3.2, 15.5, 8.0),
        about="Judgement: each criterion, what the bid says, and room to write.",
        style="Small",
        height=0.9,
    )
    gap(document)
    grid(
        document,
        ("Recommendation (tick one)", "Priority", "Reason", "Present", "Interests declared"),
        (("☐ include", "☐ include provisionally", "☐ not include"), "", "", "", ""),
        widths=(4.4, 1.9, 9.4, 5.5, 5.5),
        about="Outcome: recommendation, priority, reason, who was present and interests, to be filled in.",
        style="Small",
        height=1.5,
    )
    say(document, "{%p endfor %}")
    say(document, END, "Guidance")
    return document


def panel_report() -> Document:
    """The report to whoever decides, numbered n.m throughout."""
    document = footed(new_document(), "Recommendations for the submission")
    small_style(document, 9.5)
    provisional_style(document)
    number_paragraphs(document)
    title(document, "Recommendations for the submission to the {{ funder }}", "{{ round }}")
    provisional(document)
    grid(
        document,
        ("Report to", "Submitted by", "Date"),
        ("{{ decision_maker }}", "{{ submitted_by }}", "{{ making.made_at | day }}"),
        widths=(6.0, 7.0, 4.0),
        about="Report: to whom, from whom, and when.",
    )
    n = "Numbered Paragraph"
    heading(document, 1, "Decision sought")
    say(
        document,
        "The {{ decision_maker }} is asked to agree which bids go into the submission to the {{ funder }}, in the "
        "order of priority shown in the table of recommendations, and to note what is still open.",
        n,
    )
    say(document, "Sign-off is due by {{ sign_off }}, and the submission by {{ funder_deadline }}.", n)
    heading(document, 1, "How the bids were assessed")
    say(
        document,
        "{{ received }} {{ 'bid was' if received == 1 else 'bids were' }} received. Each was read, checked and "
        "screened against the round’s conditions. Those that stood were weighed against the countywide assessment of "
        "need and the strategy by "
        "{{ bodies | join(' and ') }}, meeting over one page for each bid. Marks were not added up: the judgement and "
        "the order of priority are the meeting’s.",
        n,
    )
    say(document, "{%p if took_part %}")
    say(document, "These people took part: {{ took_part | join('; ') }}.", n)
    say(document, "{%p else %}")
    say(document, "Nobody is recorded as having taken part yet.", n)
    say(document, "{%p endif %}")
    say(document, "{%p if declared %}")
    say(document, "These interests were declared.", n)
    grid(
        document,
        ("Person", "Body", "Bid", "Interest"),
        ("{{ line.person }}", "{{ line.body }}", "{{ line.bid }}", "{{ line.interest }}"),
        loop="line in declared",
        widths=(4.0, 5.0, 2.5, 5.5),
        about="Interests: who declared what, in which bid.",
        style="Small",
    )
    say(document, "{%p else %}")
    say(document, "No declarations of interest have been recorded yet.", n)
    say(document, "{%p endif %}")
    recommended = heading(document, 1, "Recommendations in order of priority")
    recommended.paragraph_format.page_break_before = True
    say(document, "{%p if recommendations %}")
    say(document, "The bids that were weighed stand in the order of priority given by the meeting.", n)
    grid(
        document,
        ("Priority", "Bid", "Provider and service", "Asked for", "Outcome"),
        (
            "{{ line.priority }}{% if line.tied %} (tied){% endif %}",
            "{{ line.bid }}",
            ("{{ line.provider }}", "{{ line.service }}"),
            "{{ line.request }}",
            "{{ line.outcome }}",
        ),
        loop="line in recommendations",
        widths=(1.9, 1.5, 6.4, 2.9, 4.3),
        about="Recommendations: priority, bid, provider, amount and outcome.",
        style="Small",
        right=(3,),
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, "No bid stands for recommendation.", n)
    say(document, "{%p endif %}")
    say(document, "{%p if ties %}")
    say(document, "These bids were given the same priority and must be put in order: {{ ties | join('; ') }}.", n)
    say(document, "{%p endif %}")
    not_weighed(document, n)
    still_open(document, n)
    reported_bid(document, n)
    say(document, "{%p if owed %}")
    heading(document, 1, "Appendix: everything that is still open")
    open_lists(document, level=2)
    say(document, "{%p endif %}")
    how_made(document, style=n)
    return document


def not_weighed(document: Document, n: str) -> None:
    """Excluded and withdrawn bids."""
    heading(document, 1, "Bids that were not weighed")
    say(document, "{%p for bid in set_aside %}")
    say(
        document,
        "**{{ bid.bid }}, {{ bid.provider }}, “{{ bid.service }}”** was excluded. Rule: {{ bid.rule }}. "
        "{{ bid.reason }} "
        "On the authority of {{ bid.authority }}.",
        n,
    )
    say(document, "{%p endfor %}")
    each(document, "bid in withdrawn", n, "{{ bid }}: withdrawn by the provider.")
    say(document, "{%p if not (set_aside or withdrawn) %}")
    say(document, "No bid was excluded or withdrawn.", n)
    say(document, "{%p endif %}")


def still_open(document: Document, n: str) -> None:
    """How much is open with whom, as a section; the list itself is an appendix."""
    heading(document, 1, "What is still open")
    say(document, "{%p if owed %}")
    say(
        document,
        "{{ open_count }} {{ 'matter is' if open_count == 1 else 'matters are' }} not settled. Each has an owner and "
        "stands in the appendix. They do not stop the submission, but the reader should know them.",
        n,
    )
    open_summary(document)
    gap(document)
    say(document, "{%p else %}")
    say(document, "Nothing is open.", n)
    say(document, "{%p endif %}")


def open_summary(document: Document) -> None:
    """How much is open with whom, and by when the first of it is due."""
    grid(
        document,
        ("Who must act", "Matters", "First due"),
        ("{{ each.owner }}", "{{ each.count }}", "{{ each.first }}"),
        loop="each in owed",
        widths=(9.6, 2.2, 5.2),
        about="Open matters by owner: who must act, how many, and when the first is due.",
        style="Small",
        right=(1,),
    )


def open_lists(document: Document, *, level: int) -> None:
    """Every open matter, owner by owner."""
    say(document, "{%p for each in owed %}")
    heading(document, level, "{{ each.owner }}")
    grid(
        document,
        ("What is open", "Bids", "By"),
        ("{{ line.what }}", "{{ line.bids }}", "{{ line.due }}"),
        loop="line in each.lines",
        widths=(9.6, 3.6, 3.8),
        about="Open matters of one owner: what is open, for which bids, and by when.",
        style="Small",
    )
    gap(document)
    say(document, "{%p endfor %}")


def reported_bid(document: Document, n: str) -> None:
    """One section a bid."""
    say(document, "{%p for bid in bids %}")
    heading(document, 1, "{{ bid.bid }}: {{ bid.provider }}, {{ bid.service }}")
    say(
        document,
        "**What is asked.** {% for line in bid.money %}{{ line.label }}: {{ line.says }}"
        "{% if not loop.last %}; {% endif %}{% endfor %}. For {{ bid.stream }}. Received {{ bid.received }}.",
        n,
    )
    say(document, "**Screening.** The bid stands as: {{ bid.standing }}.", n)
    each(document, "line in bid.screening", "List Bullet", "{{ line }}")
    say(document, "**Need.** {{ bid.need.headline }}", n)
    each(document, "line in bid.need.lines", "List Bullet", "{{ line }}")
    say(document, "**Strategy.** {{ bid.strategy }}", n)
    each(
        document,
        "link in bid.links",
        "List Bullet",
        "{{ link.label }}: {{ link.says }}{% if link.place %} ({{ link.place }}){% endif %}",
    )
    say(document, "{%p if bid.judgements %}")
    say(document, "**Judgement** of the meeting{% if bid.present %} ({{ bid.present }}){% endif %}.", n)
    each(document, "line in bid.judgements", "List Bullet", "**{{ line.label }}:** {{ line.says }}")
    say(document, "{%p else %}")
    say(document, "**Judgement.** The meeting has not judged this bid yet.", n)
    say(document, "{%p endif %}")
    say(
        document,
        "**Outcome:** {{ bid.outcome }}; priority: {{ bid.priority }}."
        "{% if bid.reason %} **Reason:** {{ bid.reason }}{% endif %}"
        "{% if bid.decided %} Decided by {{ bid.decided }}.{% endif %}",
        n,
    )
    say(document, "{%p endfor %}")


def pack_cover() -> Document:
    """The cover and index of the pack."""
    document = footed(new_document(), "Submission to the {{ funder }}")
    small_style(document, 9)
    provisional_style(document)
    title(document, "Submission to the {{ funder }}", "{{ round }}")
    provisional(document)
    say(
        document,
        "From the {{ authority }}. Version {{ making.version }}, made on {{ making.made_at | moment }}. Due by "
        "{{ deadline }}{% if deadline_note %} ({{ deadline_note }}){% endif %}.",
    )
    heading(document, 1, "The bids in numbers")
    each(document, "line in counts", "List Bullet", "{{ line }}")
    listed(document, "cautions", "Included while screening is not settled:", "Normal")
    heading(document, 1, "What is still open")
    say(document, "{%p if owed %}")
    say(
        document,
        "{{ open_count }} {{ 'matter is' if open_count == 1 else 'matters are' }} open. Each is listed under its owner "
        "on the pages that follow. {{ bodies }}",
    ).paragraph_format.keep_with_next = True
    open_summary(document)
    gap(document)
    say(document, "{%p else %}")
    say(document, "Nothing is open.")
    say(document, "{%p endif %}")
    heading(document, 1, "Sign-off")
    grid(
        document,
        ("Role", "Holder", "State", "Signature"),
        ("{{ line.role }}", "{{ line.holder }}", "{{ line.state }}", ""),
        loop="line in sign_offs",
        widths=(4.2, 3.8, 5.0, 4.0),
        about="Sign-off: each role, who holds it, and whether they signed.",
        style="Small",
        height=1.0,
    )
    gap(document)
    packed = heading(document, 1, "What is in this pack")
    packed.paragraph_format.page_break_before = True
    grid(
        document,
        ("File", "What it is", "Hash begins"),
        ("{{ file.name }}", "{{ file.title }}", "{{ file.hash }}"),
        loop="file in files",
        widths=(4.6, 9.2, 3.2),
        about="Contents: every file, what it is, and the start of its hash.",
        style="Contents",
    )
    say(document, "Full hashes (SHA-256) stand in the manifest.", "Guidance")
    say(document, "{%p if owed %}")
    first = heading(document, 1, "Everything that is still open")
    first.paragraph_format.page_break_before = True
    open_lists(document, level=2)
    say(document, "{%p endif %}")
    how_made(document)
    return document


def needs_assessment() -> Document:
    """The four-part assessment."""
    document = footed(new_document(), "Local assessment of need")
    small_style(document, 8.5, space=0)
    for style, before in (("Label", 4), ("Heading 2", 8)):
        document.styles[style].paragraph_format.space_before = Pt(before)
    provisional_style(document)
    title(document, "Local assessment of need", "{{ round }}")
    provisional(document)
    say(document, "From the {{ authority }}. {{ title }}, as at {{ as_at }}.")
    say(document, "{%p if illustrative %}")
    say(
        document,
        "**{{ illustrative }} of the figures below {{ 'is' if illustrative == 1 else 'are' }} illustrative.** What is "
        "illustrative stands in for a figure that was not available, is marked wherever it appears, and must not be "
        "quoted as fact.",
        "Note",
    )
    say(document, "{%p endif %}")
    say(
        document,
        "A number in square brackets is the source of the figure before it; sources are listed at the end, each with "
        "its web address. Figures by district stand in the annex.",
    )
    each(document, "note in notes", "List Bullet", "{{ note }}")
    heading(document, 1, "Part 1. Contextual information")
    figures(document, "context", "No countywide figures were loaded.", "The county: figures about its people")
    unmet_need(document)
    response(document)
    heading(document, 1, "Part 4. How the proposed roles fit existing provision")
    roles(document)
    by_district(document)
    sources(document)
    how_made(document)
    return document


def unmet_need(document: Document) -> None:
    """Part 2, with what was looked for and not found."""
    heading(document, 1, "Part 2. Current unmet victim need")
    need_cells(document)
    say(document, "{%p if services %}")
    heading(document, 2, "Other figures about services")
    figures(document, "services", "", "Services: other figures")
    say(document, "{%p endif %}")
    say(document, "{%p if policy %}")
    say(document, "How need is turned into a score: {{ policy }}", "Guidance")
    say(document, "{%p endif %}")
    say(document, "{%p if conflicts %}")
    say(document, "Sources that disagree are both kept:").paragraph_format.keep_with_next = True
    each(document, "line in conflicts", "List Bullet", "{{ line }}")
    say(document, "{%p endif %}")
    heading(document, 2, "Figures that were looked for and not found")
    say(document, "{%p if gaps %}")
    each(document, "line in gaps", "List Bullet", "{{ line }}")
    say(document, "{%p else %}")
    say(document, "Every figure that was looked for was found.")
    say(document, "{%p endif %}")


def response(document: Document) -> None:
    """Part 3: what the bids aim at."""
    heading(document, 1, "Part 3. Gaps, under-represented victims, and how the bids respond")
    say(document, "{%p if responses %}")
    say(document, "Each place, group and service that any bid aims at, the gap there, and the bids put forward for it.")
    grid(
        document,
        ("Place, group and service", "Gap", "Bids put forward"),
        ("{{ line.cell }}", "{{ line.gap }}", "{{ line.bids }}"),
        loop="line in responses",
        widths=(8.0, 4.5, 4.5),
        about="Response: each place, group and service, the gap, and the bids.",
        style="Small",
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, "No bid names a place, a group and a service.")
    say(document, "{%p endif %}")


def by_district(document: Document) -> None:
    """The annex: measures of most districts side by side, then what is known of a few."""
    say(document, "{%p if districts or matrices %}")
    annex = heading(document, 1, "Annex. Figures by district")
    annex.paragraph_format.page_break_before = True
    matrices(document)
    say(document, "{%p if districts %}")
    heading(document, 2, "Figures for some districts only")
    warned = say(document, "They may be of different years and definitions: do not compare them or add them up.")
    warned.paragraph_format.keep_with_next = True
    figures(document, "districts", "", "Districts: figures about some of them")
    say(document, "{%p endif %}")
    say(document, "{%p else %}")
    heading(document, 1, "Annex. No figures by district were loaded")
    say(document, "There is nothing to show.")
    say(document, "{%p endif %}")


def sources(document: Document) -> None:
    """Every source cited, by number."""
    heading(document, 1, "Sources")
    say(document, "{%p if sources %}")
    grid(
        document,
        ("No.", "Source", "Address"),
        ("[{{ line.number }}]", "{{ line.title }}", "{{ line.address or 'none' }}"),
        loop="line in sources",
        widths=(1.2, 7.4, 8.4),
        about="Sources: number, title and web address of each.",
        style="Small",
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, "No figure is cited.")
    say(document, "{%p endif %}")


def need_cells(document: Document) -> None:
    """Need beside provision, a row for each place, group and service."""
    say(document, "{%p if unmet %}")
    grid(
        document,
        ("Service, group and place", "Need (people a year)", "Provision (people a year)", "Period", "State"),
        ("{{ line.cell }}", "{{ line.need }}", "{{ line.provision }}", "{{ line.period }}", "{{ line.state }}"),
        loop="line in unmet",
        widths=(5.9, 3.3, 3.3, 1.5, 3.0),
        about="Unmet need: need and provision by place, group and service, each with source, period and state.",
        style="Small",
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, "No figures about need and provision were loaded.")
    say(document, "{%p endif %}")


def matrices(document: Document) -> None:
    """Area by measure, as many tables as it takes."""
    say(document, "{%p for matrix in matrices %}")
    spread(document, "matrix.columns", "matrix.rows", "Figures by district: each measure in a column, areas below.")
    gap(document)
    say(document, "{%p endfor %}")


def spread(document: Document, columns: str, rows: str, about: str) -> None:
    """A table of as many columns and rows as there are; money stands to the right."""
    loops = (
        "{%tc for value in row %}",
        "{%tc if value[:1] == '£' %}",
        "{{ value }}",
        "{%tc else %}",
        "{{ value }}",
        "{%tc endif %}",
        "{%tc endfor %}",
    )
    table = document.add_table(rows=2, cols=len(loops), style="House Table")
    describe(table, about)
    mark_header(table)
    heads = table.rows[0].cells
    for cell in heads[3:]:
        table.rows[0]._tr.remove(cell._tc)
    for cell, text in zip(
        heads, (f"{{%tc for head in {columns} %}}", "**{{ head }}**", "{%tc endfor %}"), strict=False
    ):
        fill(cell, text, "Small")
    table.rows[1].cells[0].text = f"{{%tr for row in {rows} %}}"
    row = table.add_row()
    keep_whole(row)
    for at, (cell, text) in enumerate(zip(row.cells, loops, strict=True)):
        fill(cell, text, "Small", right=at == loops.index("{{ value }}"))
    table.add_row().cells[0].text = "{%tr endfor %}"


def figures(document: Document, items: str, none: str, about: str) -> None:
    """A table of figures with source, period and state."""
    say(document, f"{{%p if {items} %}}")
    grid(
        document,
        ("What", "Figure and source", "Period", "State"),
        ("{{ line.what }}", "{{ line.figure }}", "{{ line.period }}", "{{ line.state }}"),
        loop=f"line in {items}",
        widths=(7.0, 4.2, 3.9, 1.9),
        about=f"{about}, each with period, state and source.",
        style="Small",
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, none)
    say(document, "{%p endif %}")


def roles(document: Document) -> None:
    """Posts and how they fit, bid by bid."""
    say(document, "{%p if not roles %}")
    say(document, "No bid has been decided on yet, so no roles are put forward.")
    say(document, "{%p else %}")
    lead = say(document, "The posts put forward and how they fit, in the providers’ own words.")
    lead.paragraph_format.keep_with_next = True
    say(document, "{%p endif %}")
    say(document, "{%p for role in roles %}")
    heading(document, 2, "{{ role.bid }}: {{ role.provider }}, {{ role.service }}")
    say(document, "{%p for line in role.says %}")
    answer(document, "line", "**{{ line.question }}**", place=False)
    say(document, "{%p endfor %}")
    say(document, "{%p endfor %}")


def answer(document: Document, name: str, lead: str, *, place: bool = True) -> None:
    """A question, then its answer as text or as a table, then its place if that is wanted."""
    kept = say(document, lead, "Label")
    kept.paragraph_format.keep_with_next = True
    say(document, f"{{%p if {name}.text %}}")
    say(document, f"{{{{ {name}.text }}}}", "Answer").paragraph_format.keep_with_next = True
    say(document, "{%p endif %}")
    say(document, f"{{%p if {name}.rows %}}")
    spread(document, f"{name}.columns", f"{name}.rows", "Answer: the table as the provider filled it in.")
    say(document, "{%p endif %}")
    if place:
        say(document, f"{{{{ {name}.place }}}}", "Guidance").paragraph_format.space_before = Pt(3)
    else:
        gap(document)


def screening_log() -> Document:
    """The log of who was set aside, in landscape for its wide tables."""
    document = footed(new_document(), "Screening log")
    small_style(document, 9)
    provisional_style(document)
    title(document, "Screening log", "{{ round }}")
    provisional(document)
    say(
        document,
        "From the {{ authority }}. Software lists what a rule finds; a named person decides. {{ logged | length }} of "
        "{{ askers | length }} bids were not plainly eligible. People went against a rule {{ reversals }} "
        "{{ 'time' if reversals == 1 else 'times' }}; {{ referrals }} "
        "{{ 'bid is' if referrals == 1 else 'bids are' }} still referred.",
    )
    heading(document, 1, "Who asked")
    grid(
        document,
        ("Bid", "Provider and service", "Stream", "Received", "Asked for", "Where it ended"),
        (
            "{{ line.bid }}",
            ("{{ line.provider }}", "{{ line.service }}"),
            "{{ line.stream }}",
            "{{ line.received }}",
            "{{ line.request }}",
            "{{ line.ended }}",
        ),
        loop="line in askers",
        widths=(1.4, 4.7, 2.9, 2.6, 2.3, 3.1),
        about="Who asked: every bid, its provider, stream, time of receipt, amount and outcome.",
        style="Small",
        right=(4,),
    )
    gap(document)
    heading(document, 1, "What the rules found, and who settled it")
    say(document, "{%p if not logged %}")
    say(document, "Every bid was plainly eligible.")
    say(document, "{%p endif %}")
    say(document, "{%p for line in logged %}")
    heading(document, 2, "{{ line.bid }}: {{ line.provider }}, {{ line.service }}")
    say(
        document,
        "**Stands as:** {{ line.standing }}{% if line.reversed %} (the rule’s finding was reversed){% endif %}. "
        "Its form: {{ line.file }}.",
    )
    say(document, "{%p for rule in line.rules %}")
    say(
        document,
        "**{{ rule.rule }}** ({{ rule.outcome }}): {{ rule.reason }}"
        "{% if rule.source %} Source of the rule: {{ rule.source }}{% endif %}",
    )
    each(document, "fact in rule.facts", "List Bullet", "{{ fact }}")
    say(document, "{%p endfor %}")
    say(document, "**The provider’s reply:** {{ line.reply }}")
    say(
        document,
        "**On whose authority:** {{ line.authority }}.{% if line.reason %} Reason: {{ line.reason }}{% endif %}",
    )
    say(document, "{%p endfor %}")
    how_made(document)
    return document


def bid_copy() -> Document:
    """The redacted copy of one bid."""
    document = footed(new_document(), "{{ bid }}: {{ provider }}")
    small_style(document, 9)
    title(document, "{{ provider }}: {{ service }}", "{{ round }}: copy of bid {{ bid }} for sharing")
    say(
        document,
        "{{ stream }}. File: {{ file }}, received {{ received }}; form {{ form_code }}. Places are in that file. This "
        "copy shows every answer that may be shared, as the provider wrote it.",
    )
    say(document, "{%p for section in sections %}")
    heading(document, 1, "{{ section.title }}")
    say(document, "{%p for line in section.answers %}")
    answer(document, "line", "{{ line.number }} {{ line.question }}")
    say(document, "{%p if line.note %}")
    say(document, "{{ line.note }}", "Note")
    say(document, "{%p endif %}")
    say(document, "{%p endfor %}")
    say(document, "{%p endfor %}")
    heading(document, 1, "What is withheld")
    say(document, "{%p if withheld %}")
    grid(
        document,
        ("Question", "Ground", "In the form"),
        ("{{ line.number }} {{ line.question }}", "{{ line.withheld }}", "{{ line.text }} {{ line.place }}"),
        loop="line in withheld",
        widths=(6.5, 4.5, 6.0),
        about="Withheld: each question, the ground, and where the answer stands.",
        style="Small",
    )
    gap(document)
    say(document, "{%p else %}")
    say(document, "Nothing is withheld.")
    say(document, "{%p endif %}")
    say(document, "{%p if unplaced %}")
    say(
        document,
        "{{ unplaced }} {{ 'passage' if unplaced == 1 else 'passages' }} of the form, or of the e-mail it came with, "
        "{{ 'belongs' if unplaced == 1 else 'belong' }} to no question. The office keeps "
        "{{ 'it' if unplaced == 1 else 'them' }}; not shown here, as nobody has said that may be shared.",
    )
    say(document, "{%p endif %}")
    heading(document, 1, "Files that came with the bid")
    say(document, "{%p if not annexes %}")
    say(document, "None.")
    say(document, "{%p endif %}")
    each(document, "annex in annexes", "List Bullet", "{{ annex }}")
    how_made(document)
    return document


MAKERS: dict[str, Callable[[], Document]] = {
    "queries": queries,
    "joint_grid": joint_grid,
    "panel_report": panel_report,
    "pack_cover": pack_cover,
    "needs_assessment": needs_assessment,
    "screening_log": screening_log,
    "bid_copy": bid_copy,
}


def make(names: Sequence[str]) -> None:
    """Write each named template."""
    for name in MAKERS if list(names) == ["all"] else names:
        write_document(MAKERS[name](), TEMPLATES / f"{name}.docx")


if __name__ == "__main__":
    make(sys.argv[1:])
