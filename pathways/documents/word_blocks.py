"""Writes a paper's blocks with the styles of a Word file: headings, lists, tables whose heads are marked, pictures."""

# ruff: noqa: SLF001 - the library shows the XML beneath its objects in no other way

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import cast

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from pathways.documents.paper import Block, Bullets, Facts, Figure, Heading, PageBreak, Paragraph, Table, printable
from pathways.documents.png import make_png
from pathways.documents.word_styles import CAPTION, NUMBERED, POINTS

NAMES_WIDTH = Cm(5)
PLAIN, SMALL, MANY = Pt(10), Pt(8.5), 7  # the letters of a table; smaller ones where it has many columns
LETTERS, LONGEST_WORD, SHORT_WORD, LONG_TEXT, ROOM = 84, 22, 9, 60, 5
"""How many letters a table as wide as the page holds beside each other, and how many words and texts may claim."""
NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


def write_blocks(document: Document, blocks: Sequence[Block]) -> str:
    """Return the blocks as the XML of a Word file. Their pictures and lists are put in the file; the rest is not."""
    body = document.element.body
    before = set(body)
    for block in blocks:
        WRITERS[type(block)](document, block)
    written = [element for element in body if element not in before]
    for element in written:
        body.remove(element)
    return "".join(etree.tostring(element, encoding="unicode") for element in written)


def _heading(document: Document, block: Block) -> None:
    heading = cast("Heading", block)
    document.add_paragraph(printable(heading.text), style=f"Heading {min(max(heading.level, 2), 3)}")


def _paragraph(document: Document, block: Block) -> None:
    document.add_paragraph(printable(cast("Paragraph", block).text))


def _bullets(document: Document, block: Block) -> None:
    bullets = cast("Bullets", block)
    number = _new_list(document, numbered=bullets.numbered)
    for item in bullets.items:
        line = document.add_paragraph(printable(item), style=NUMBERED if bullets.numbered else POINTS)
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def _facts(document: Document, block: Block) -> None:
    pairs = cast("Facts", block).pairs
    if not pairs:
        return
    table = document.add_table(rows=0, cols=2)
    _look(table, head=False)
    table.columns[0].width, table.columns[1].width = NAMES_WIDTH, Length(_text_width(document) - NAMES_WIDTH)
    for name, value in pairs:
        cells = table.add_row().cells
        _fill(cells[0], name, bold=True)
        _fill(cells[1], value)
    _close(document)


def _table(document: Document, block: Block) -> None:
    told = cast("Table", block)
    document.add_paragraph(printable(told.caption), style=CAPTION)
    table = document.add_table(rows=0, cols=len(told.heads))
    _look(table, head=True, caption=told.caption)
    for column, width in zip(table.columns, _widths(told, _text_width(document)), strict=True):
        column.width = width
    table.add_row()
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    size = _size(told)
    for column, head in enumerate(told.heads):
        _fill(table.rows[0].cells[column], head, bold=True, right=column in told.numeric, size=size)
    for row in told.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            _fill(cell, text, right=column in told.numeric, size=size)
    _close(document)


def _figure(document: Document, block: Block) -> None:
    figure = cast("Figure", block)
    picture = document.add_picture(BytesIO(make_png(figure.svg)), width=_text_width(document))
    document.paragraphs[-1].paragraph_format.keep_with_next = bool(figure.caption)
    described = picture._inline.docPr
    described.set("descr", printable(figure.alt))
    described.set("name", printable(figure.caption or figure.alt)[:80])
    if figure.caption:
        document.add_paragraph(printable(figure.caption), style=CAPTION)


def _page_break(document: Document, _: Block) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


WRITERS: Mapping[type[Block], Callable[[Document, Block], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    Figure: _figure,
    PageBreak: _page_break,
}


def _widths(told: Table, whole: Length) -> list[Length]:
    """Return the widths of columns: each has room for its longest word, and what is left goes where texts are long.

    Where the words want more than the page has, columns of short words keep theirs: a figure's head is never cut.
    """
    columns = [(head, *(row[at] for row in told.rows)) for at, head in enumerate(told.heads)]
    least = _least(told)
    letters = LETTERS if _size(told) == PLAIN else LETTERS * PLAIN / SMALL
    over, wide = sum(least) - letters, sum(have for have in least if have > SHORT_WORD + ROOM)
    if 0 < over < wide:
        least = [have * (1 - over / wide) if have > SHORT_WORD + ROOM else have for have in least]
    more = [min(max(len(text) for text in texts), LONG_TEXT) for texts in columns]
    left = max(0, letters - sum(least))
    asked = [max(0, want - have) for want, have in zip(more, least, strict=True)]
    shares = [have + left * want / (sum(asked) or 1) for have, want in zip(least, asked, strict=True)]
    return [Length(int(whole * share / sum(shares))) for share in shares]


def _least(told: Table) -> list[float]:
    """Return how many letters each column needs for its longest word."""
    columns = [(head, *(row[at] for row in told.rows)) for at, head in enumerate(told.heads)]
    words = [max((len(word) for text in texts for word in text.split()), default=1) for texts in columns]
    return [min(longest, LONGEST_WORD) + ROOM for longest in words]


def _size(told: Table) -> Length:
    """Return the size of a table's letters: smaller where there are many columns or long words beside each other."""
    return SMALL if len(told.heads) > MANY or sum(_least(told)) > LETTERS else PLAIN


def _text_width(document: Document) -> Length:
    section = document.sections[-1]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    return Length((section.page_width or 0) - margins)


def _fill(cell: _Cell, text: str, *, bold: bool = False, right: bool = False, size: Length = PLAIN) -> None:
    line: WordParagraph = cell.paragraphs[0]
    run = line.add_run(printable(text))
    run.bold = bold or None
    run.font.size = size
    line.paragraph_format.space_after = line.paragraph_format.space_before = Pt(2)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _look(table: WordTable, *, head: bool, caption: str = "") -> None:
    """Give a table its lines, say which cells are heads, and what it shows."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    if head:
        lines = _lines("top", "bottom", "insideH")
        properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    look = OxmlElement("w:tblLook")
    for name, value in {"val": "04A0" if head else "0480", "firstRow": str(int(head)), "firstColumn": "1"}.items():
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    if caption:
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), printable(caption))
        properties.append(told)


def _lines(*sides: str) -> str:
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA5A3"/>' for side in sides)


def _close(document: Document) -> None:
    """Put an empty line after a table, without which Word joins it to the next one."""
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _new_list(document: Document, *, numbered: bool) -> int:
    """Add a list of its own to the file, so that its numbers begin with 1, and return the list's number."""
    lists = _numbering(document)
    kinds = [int(one.get(qn("w:abstractNumId"), "0")) for one in lists.findall(qn("w:abstractNum"))]
    numbers = [int(one.get(qn("w:numId"), "0")) for one in lists.findall(qn("w:num"))]
    kind, number = max(kinds, default=0) + 1, max(numbers, default=0) + 1
    form, sign = ("decimal", "%1.") if numbered else ("bullet", "•")
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl></w:abstractNum>'
    )
    first = lists.find(qn("w:num"))
    if first is None:
        lists.append(made)
    else:
        first.addprevious(made)
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'))
    return number


def _numbering(document: Document) -> BaseOxmlElement:
    part = document.part
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in part.rels.values()):
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        made = NumberingPart.load(PackURI("/word/numbering.xml"), NUMBERING_TYPE, empty, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return cast("BaseOxmlElement", part.numbering_part.element)
