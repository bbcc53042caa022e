"""The styles that a paper is set with in Word: added where a template lacks them, and the look of our own template."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
FONT = "Calibri"  # on every machine with Word; LibreOffice has one of the same widths
INK, SOFT, WARM = RGBColor(0x1F, 0x27, 0x26), RGBColor(0x45, 0x4F, 0x4D), RGBColor(0x7A, 0x2E, 0x0E)
HEADINGS = {"Heading 1": 20, "Heading 2": 14, "Heading 3": 12}
POINTS, NUMBERED, CAPTION = "List Bullet", "List Number", "Caption"


def add_missing_styles(document: Document) -> None:
    """Add the styles that we name and the template lacks; those that it has stay as the region made them."""
    for name, size in HEADINGS.items():
        if name not in document.styles:
            _heading(document, name, size)
    for name in (POINTS, NUMBERED, CAPTION):
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def set_language(document: Document, language: str) -> None:
    """Say in which language the words are, for whoever has them read aloud."""
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    places = [properties] if properties is not None else []
    usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    places += [usual.element.get_or_add_rPr()] if usual is not None else []
    for place in places:
        for old in place.findall(qn("w:lang")):
            place.remove(old)
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), language)
        place.append(mark)


def dress_own_template(document: Document) -> None:
    """Make an empty document the product's own template: page, styles, places, head and foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.8)
    _dress(document.styles["Normal"], 11, INK)
    for name, size in HEADINGS.items():
        _dress(document.styles[name], size, INK, bold=True)
    _dress(document.styles[CAPTION], 10, INK, bold=True)
    document.add_paragraph("{{ title }}", style="Heading 1")
    for place in ("subtitle", "register_no"):
        document.add_paragraph(f"{{%p if {place} %}}")
        document.add_paragraph(f"{{{{ {place} }}}}")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{p body}}")
    right = section.page_width - section.left_margin - section.right_margin
    head = section.header.paragraphs[0]
    foot = section.footer.paragraphs[0]
    for line in (head, foot):
        line.paragraph_format.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
        line.style = document.styles["Normal"]
    _run(head, "{{ sender }}\t", SOFT)
    _run(head, "{{ note }}", WARM).bold = True
    _run(foot, "{{ register_no }}{% if register_no and date %} · {% endif %}{{ date }}", SOFT)
    _run(foot, "{% if footer and (register_no or date) %} · {% endif %}{{ footer }}\t", SOFT)
    _field(foot, "PAGE")
    _run(foot, " (", SOFT)
    _field(foot, "NUMPAGES")
    _run(foot, ")", SOFT)


def _heading(document: Document, name: str, size: int) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = usual
    if usual is not None:
        style.next_paragraph_style = usual
    _dress(style, size, None, bold=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(int(name[-1]) - 1))
    style.element.get_or_add_pPr().append(level)


def _dress(style: ParagraphStyle, size: int, colour: RGBColor | None, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for mark in [mark for mark in fonts.attrib if "Theme" in mark]:
        del fonts.attrib[mark]
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.keep_with_next = bold
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size if bold else 0), Pt(5)


def _run(line: Paragraph, text: str, colour: RGBColor) -> Run:
    run = line.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), colour
    return run


def _field(line: Paragraph, order: str) -> None:
    """Add a number that Word counts itself."""
    for kind in ("begin", "", "separate", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = order
        _run(line, "", SOFT)._r.append(part)  # noqa: SLF001 - the library has no fields
