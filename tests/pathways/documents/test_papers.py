"""A document from one source: frozen and thawed, as a PDF that is read aloud, and as Word in a region's template."""

import os
import re
import shutil
import subprocess
import time
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from pathways.documents.paper import Paper, PaperUnreadable, Table, freeze_paper, thaw_paper
from pathways.documents.paper_pdf import make_paper_pdf, render_paper
from pathways.documents.paper_word import check_word_template, make_own_template, make_paper_word
from pathways.documents.pdf import ARCHIVE
from pathways.errors import Refused
from pathways.locale import texts
from tests.pathways.documents.papers import every_block
from tests.pathways.documents.structure import catalogue_of, objects_of, read_structure


def parts_of(word: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(word)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}


def template_with(text: str, *, instead_of: str = "{{ title }}", more: dict[str, bytes] | None = None) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(make_own_template())) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert instead_of.encode() in content
                content = content.replace(instead_of.encode(), text.encode())
            target.writestr(name, content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return made.getvalue()


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the libraries believe that an hour has gone by; no clock of ours is theirs."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)


def refused(template: bytes) -> Refused:
    with pytest.raises(Refused) as told:
        check_word_template(template, file="regionens mall.docx")
    assert "regionens mall.docx" in texts("sv").say(told.value.sentence, **told.value.values)
    return told.value


def test_a_frozen_paper_is_thawed_as_it_was() -> None:
    frozen = freeze_paper(every_block())
    assert thaw_paper(frozen) == every_block()
    assert freeze_paper(thaw_paper(frozen)) == frozen


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"title": "x", "language": "sv", "blocks": [{"kind": "poem"}]}'])
def test_what_never_was_a_paper_is_not_thawed(text: str) -> None:
    with pytest.raises(PaperUnreadable):
        thaw_paper(text)


def test_the_words_of_a_paper_are_words_and_no_orders_to_the_page() -> None:
    html = render_paper(every_block(note='" onload="x'))
    assert "höft &lt;del 1&gt; &amp; knä" in html
    assert 'onload="x"' not in html
    assert "\x07" not in html


@pytest.mark.usefixtures("pango")
def test_a_pdf_tells_title_language_headings_table_heads_and_figures() -> None:
    pdf = make_paper_pdf(every_block())
    root = read_structure(pdf)
    levels = [tag.kind for tag in root.walk() if re.fullmatch(r"H\d", tag.kind)]
    assert levels == ["H1", "H2", "H3"]
    assert [figure.alt for figure in root.of_kind("Figure")] == ["Linjen stiger"]
    assert len(root.of_kind("L")) == 3
    cells = root.of_kind("TD")
    assert cells
    assert all(b"/Headers [(" in cell.raw for cell in cells)
    assert root.of_kind("Caption")
    about = catalogue_of(pdf)
    assert b"/Lang (sv)" in about
    assert b"/DisplayDocTitle true" in about
    assert b"/Marked true" in about


@pytest.mark.usefixtures("pango")
def test_an_archive_pdf_is_tagged_too_and_says_what_it_is() -> None:
    pdf = make_paper_pdf(every_block(), variant=ARCHIVE)
    assert read_structure(pdf).of_kind("H1")
    assert any(b"GTS_PDFA1" in body for body in objects_of(pdf).values())


@pytest.mark.usefixtures("pango")
def test_the_same_paper_is_the_same_pdf_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_paper_pdf(every_block())
    later(monkeypatch)
    assert make_paper_pdf(every_block()) == first


def test_a_word_file_tells_title_language_headings_table_heads_and_pictures() -> None:
    parts = parts_of(make_paper_word(every_block()))
    document = parts["word/document.xml"]
    for style in ("Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber", "Caption"):
        assert f'<w:pStyle w:val="{style}"/>' in document
    assert document.count("<w:tblHeader/>") == 1
    assert 'descr="Linjen stiger"' in document
    assert '<w:lang w:val="sv-SE"' in parts["word/styles.xml"]
    assert "<dc:title>Beslutsunderlag: höft &lt;del 1&gt; &amp; knä</dc:title>" in parts["docProps/core.xml"]
    assert "2026-12-03T00:00:00Z" in parts["docProps/core.xml"]
    assert "Samordnare &amp; co" in document
    assert "{{ title }}" in document, "a user's braces are words"
    assert "Exempeldata" in parts["word/header1.xml"]
    assert "HSN 2026/123" in parts["word/footer1.xml"]


def test_a_head_of_a_narrow_column_is_not_cut_by_long_words_beside_it() -> None:
    long_words = ("sekundärprevention", "implementeringsplanen", "verksamhetsutvecklare", "protokollsutdraget")
    table = Table(caption="Läge", heads=("A", "B", "C", "D", "Dagar"), rows=((*long_words, "146"),), numeric=(4,))
    body = parts_of(make_paper_word(Paper(title="Underlag", language="sv", blocks=(table,))))["word/document.xml"]
    widths = [int(found) for found in re.findall(r'<w:gridCol w:w="(\d+)"', body)]
    assert widths[4] / sum(widths) >= 0.1  # room for ten of its hundred small letters, whatever the others want
    assert min(widths[:4]) > widths[4]


def test_each_numbered_list_of_a_word_file_begins_with_one() -> None:
    document = parts_of(make_paper_word(every_block()))["word/document.xml"]
    assert len(set(re.findall(r'<w:numId w:val="(\d+)"/>', document))) == 3


def test_the_same_paper_in_the_same_template_is_the_same_word_file_whenever_it_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make_paper_word(every_block())
    later(monkeypatch)
    assert make_paper_word(every_block()) == first


def test_an_empty_paper_leaves_out_what_it_does_not_have() -> None:
    document = parts_of(make_paper_word(Paper(title="Tomt", language="en", blocks=())))
    assert "Tomt" in document["word/document.xml"]
    assert "{%" not in document["word/document.xml"] + document["word/footer1.xml"]
    assert '<w:lang w:val="en-GB"' in document["word/styles.xml"]


def test_a_region_sets_its_papers_in_a_template_of_its_own() -> None:
    template = template_with("Regionens rubrik: {{ title }}")
    assert (
        "Regionens rubrik: Beslutsunderlag" in parts_of(make_paper_word(every_block(), template))["word/document.xml"]
    )


def test_a_template_with_an_unknown_field_is_refused_with_file_field_and_the_nearest_known() -> None:
    refusal = refused(template_with("{{ titel }}"))
    assert refusal.sentence == "error.template_unknown_field"
    assert refusal.values == {"file": "regionens mall.docx", "field": "titel", "nearest": "title, subtitle"}
    with pytest.raises(Refused):
        make_paper_word(every_block(), template_with("{{ titel }}"), file="mall.docx")


@pytest.mark.parametrize(
    "order",
    [
        "{{ title.__class__ }}",
        "{% for x in range(9999999) %}x{% endfor %}",
        "{{ 9 ** 9 }}",
        "{{ title|upper }}",
        "{% set title = 1 %}",
        "{{ title() }}",
    ],
)
def test_a_template_that_gives_orders_is_refused(order: str) -> None:
    assert refused(template_with(order)).sentence in ("error.template_order", "error.template_unknown_field")


@pytest.mark.parametrize("text", ["{{ title", "{% if title %}", "{{ }}"])
def test_a_template_that_cannot_be_read_is_refused(text: str) -> None:
    assert refused(template_with(text)).sentence == "error.template_unreadable"


def test_a_template_without_a_place_for_the_document_is_refused() -> None:
    assert refused(template_with("Slut", instead_of="{{p body}}")).sentence == "error.template_no_body"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", make_own_template()[:2000]])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert refused(content).sentence == "error.template_no_word_file"


def test_a_file_that_is_damaged_anywhere_is_refused_in_words_or_still_works() -> None:
    own = make_own_template()
    for at in range(40, len(own), len(own) // 40):
        damaged = own[:at] + bytes([own[at] ^ 0xFF]) + own[at + 1 :]
        with suppress(Refused):
            check_word_template(damaged, "mall.docx")


def test_a_template_with_programs_or_with_pictures_from_elsewhere_is_refused() -> None:
    program = template_with("{{ title }}", more={"word/vbaProject.bin": b"x"})
    assert refused(program).sentence == "error.template_with_program"
    relation = (
        b'<Relationships><Relationship Id="x" Type="t/image" Target="http://a" TargetMode="External"/></Relationships>'
    )
    elsewhere = template_with("{{ title }}", more={"word/_rels/other.xml.rels": relation})
    assert refused(elsewhere).sentence == "error.template_from_elsewhere"


@pytest.mark.slow
def test_libreoffice_reads_the_word_file(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no LibreOffice")
        pytest.skip("no LibreOffice on this machine (Debian: apt-get install libreoffice-writer-nogui)")
    file = tmp_path / "underlag.docx"
    file.write_bytes(make_paper_word(every_block()))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    order = [
        office,
        home,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(file),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "underlag.txt").read_text(encoding="utf-8")
    for told in ("Beslutsunderlag: höft <del 1> & knä", "Bakgrund", "Gap per steg", "Steg 60", "{{ title }}"):
        assert told in text
