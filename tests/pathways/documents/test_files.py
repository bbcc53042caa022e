"""A chart as a picture, a document and a file of its own, made by the real libraries."""

import re
import struct
import sys
import zlib

import pytest

from pathways.charts.alone import draw_alone
from pathways.documents.chart_pages import make_chart_pdf, render_charts
from pathways.documents.pdf import PdfNotPossible, make_pdf
from pathways.documents.png import make_png
from pathways.web.chart_files import MAKERS, send_chart, ways_to_take
from tests.pathways.charts.samples import SWEDISH, every_kind, improved


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_picture_is_sharp_and_as_large_as_the_drawing() -> None:
    svg = draw_alone(improved(), SWEDISH)
    once, twice = size_of(make_png(svg, density=1)), size_of(make_png(svg))
    assert once[0] == 792
    assert twice == (2 * once[0], 2 * once[1])


def test_the_words_of_a_picture_are_drawn_without_any_typeface_of_the_machine() -> None:
    svg = draw_alone(improved(), SWEDISH)
    wordless = svg.replace("<text", "<desc").replace("</text>", "</desc>")
    assert ink(make_png(svg, density=1)) > ink(make_png(wordless, density=1)) + 1000


def ink(png: bytes) -> int:
    """How much a picture holds beside its ground: the size of its compressed rows tells it roughly."""
    data, at = b"", 8
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    return len(zlib.compress(zlib.decompress(data)))


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


@pytest.mark.slow
@pytest.mark.usefixtures("pango")
def test_a_document_of_all_charts_is_a_tagged_pdf_with_a_title() -> None:
    pdf = make_chart_pdf(every_kind(), SWEDISH, title="Diagram")
    assert pdf.startswith(b"%PDF")
    inside = b"".join(unpacked(stream) for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL))
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Alt", b"pdfuaid"):
        assert part in inside


def test_a_document_holds_three_charts_before_their_tables() -> None:
    html = render_charts(every_kind(), SWEDISH, title="Diagram <1>")
    assert "<title>Diagram &lt;1&gt;</title>" in html
    order = [html.index(place) for place in ('class="charts"', "<svg", 'class="tables"', "<table")]
    assert order == sorted(order)
    first = html[: html.index('class="tables"')]
    assert first.count('class="chart-block"') == 3
    assert html.count("<table>") == len([chart for chart in every_kind() if chart.shown])


def test_without_the_library_beneath_it_a_document_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(PdfNotPossible) as refused:
        make_pdf("<html></html>")
    assert "Pango" in SWEDISH.texts.say(refused.value.sentence)


@pytest.mark.usefixtures("pango")
def test_nothing_is_fetched_for_a_document(caplog: pytest.LogCaptureFixture) -> None:
    made = make_pdf('<html lang="sv"><title>x</title><img alt="x" src="http://127.0.0.1:9/x.png"></html>')
    assert made.startswith(b"%PDF")
    assert "disallowed" in caplog.text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "svg", "png"])
def test_a_chart_is_sent_as_a_file_with_its_name(kind: str) -> None:
    response = send_chart(improved(), SWEDISH, kind)
    assert response.headers["content-disposition"] == f'attachment; filename="inom-30.{kind}"'
    assert response.headers["content-type"] == MAKERS[kind][0]
    assert response.body


def test_every_kind_of_file_has_its_address_and_label() -> None:
    ways = ways_to_take("/forlopp/kol/matning/tid", SWEDISH, query="?datum=2026-06-30")
    assert [href for href, _ in ways] == [f"/forlopp/kol/matning/tid.{kind}?datum=2026-06-30" for kind in MAKERS]
    assert ways[0][1] == "Hämta som CSV"
