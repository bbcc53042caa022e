"""Sets a paper in a Word template: checks the template, fills its places, and makes the file equal every time."""

import re
import zipfile
import zlib
from datetime import datetime
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree
from markupsafe import Markup

from pathways.documents.paper import Bullets, Heading, Paper, Paragraph, Table, printable
from pathways.documents.word_blocks import write_blocks
from pathways.documents.word_places import BODY, WORDS, PlacesOnly, UnknownPlace
from pathways.documents.word_styles import LANGUAGES, add_missing_styles, dress_own_template, set_language
from pathways.errors import Refused
from pathways.reading.problems import spell

LARGEST_INSIDE = 40 * 1024 * 1024
"""So much may a template hold when it is unpacked: a small file may hold very much of nothing."""
PARAGRAPH, TEXT = qn("w:p"), qn("w:t")
LINK = re.compile(rb'Type="[^"]*/hyperlink"')
BRACES = (("{{", "}}"), ("{%", "%}"))
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)
TRIAL = Paper(
    title="T",
    language="sv",
    blocks=(
        Heading(text="H"),
        Paragraph(text="P"),
        Bullets(items=("B",), numbered=True),
        Table(caption="C", heads=("A", "B"), rows=(("1", "2"),)),
    ),
)
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a Word file's days are without a zone


def set_paper(paper: Paper, template: bytes | None, *, file: str) -> bytes:
    """Return the paper set in the template, which is checked first; without one in our own."""
    if template is None:
        return _set(paper, own_template(), file)
    check(template, file=file)
    return _set(paper, template, file)


def check(template: bytes, *, file: str) -> None:
    """Refuse what is no Word file, brings programs or pictures from elsewhere, or has a place that we do not know.

    A paper is set in it for trial, so that whatever is wrong is told now and not when somebody needs a document.
    """
    _check_package(template, file)
    try:
        document = Document(BytesIO(template))
        lines = [_text(paragraph).strip() for paragraph in document.element.body.iter(PARAGRAPH)]
    except Exception as error:  # the library has no error of its own for a file that is damaged somewhere
        raise Refused("error.template_no_word_file", file=file) from error
    for line in lines:
        if any(line.count(opens) != line.count(closes) for opens, closes in BRACES):
            raise Refused("error.template_unreadable", file=file, what=spell(line))
    if not any(BODY.fullmatch(line) for line in lines):
        raise Refused("error.template_no_body", file=file)
    try:
        _set(TRIAL, template, file)
    except UnknownPlace as unknown:
        raise unknown.refusal from unknown
    except TemplateError as error:
        raise Refused("error.template_unreadable", file=file, what=spell(str(error))) from error
    except Exception as error:  # as above
        raise Refused("error.template_unreadable", file=file, what=type(error).__name__) from error


def _set(paper: Paper, template: bytes, file: str) -> bytes:
    word = DocxTemplate(BytesIO(template))
    document: WordDocument = word.get_docx()
    language = LANGUAGES.get(paper.language, LANGUAGES["sv"])
    add_missing_styles(document)
    set_language(document, language)
    body = Markup(write_blocks(document, paper.blocks))  # noqa: S704 - built as XML, not written as text
    words = {name: printable(getattr(paper, name)) for name in WORDS}
    word.render(words | {"body": body}, jinja_env=PlacesOnly(file=file, autoescape=True), autoescape=True)
    _describe(document, paper, language)
    return _packed(document)


@cache
def own_template() -> bytes:
    """Return the product's own template: every style, the places, and running words at head and foot."""
    document = Document()
    dress_own_template(document)
    add_missing_styles(document)
    return _packed(document)


def _text(paragraph: etree._Element) -> str:
    return "".join(part.text or "" for part in paragraph.iter(TEXT))


def _check_package(template: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(template)) as package:
            names = {one.filename: one.file_size for one in package.infolist()}
            if sum(names.values()) > LARGEST_INSIDE:
                raise Refused("error.template_too_large", file=file)
            read = {name: package.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused("error.template_no_word_file", file=file) from error
    relations = b"".join(content for name, content in read.items() if name.endswith(".rels"))
    if "word/document.xml" not in names:
        raise Refused("error.template_no_word_file", file=file)
    if any("vbaProject" in name or name.startswith("word/activeX") for name in names):
        raise Refused("error.template_with_program", file=file)
    if any(not LINK.search(one) for one in re.findall(rb"<[^>]*External[^>]*>", relations)):
        raise Refused("error.template_from_elsewhere", file=file)


def _describe(document: WordDocument, paper: Paper, language: str) -> None:
    """Say in the file's own facts what it is; its days are the paper's, never those of the machine."""
    facts = document.core_properties
    facts.title, facts.language, facts.author = printable(paper.title), language, printable(paper.sender)
    facts.subject, facts.comments = printable(paper.subtitle), printable(paper.note)
    facts.last_modified_by, facts.revision = "", 1
    facts.created = facts.modified = facts.last_printed = _day(paper.date)


def _day(date: str) -> datetime:
    try:
        return datetime.fromisoformat(date[:10])
    except ValueError:
        return NO_DAY


def _packed(document: WordDocument) -> bytes:
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            entry = zipfile.ZipInfo(one.filename, SAME_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(one))
    return packed.getvalue()
