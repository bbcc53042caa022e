"""Makes a PDF of a page: tagged after PDF/UA, so that it can be read aloud. The only module that knows the library."""

import os

from pathways.documents.typeface import face_rules
from pathways.errors import PathwaysError

VARIANT = "pdf/ua-1"
ARCHIVE = "pdf/a-3a"  # kept readable for ever, and tagged as the others are
FONT_MOMENT = "1577836800"  # what a typeface cut down for a document notes as its day, or no two would be equal


class PdfNotPossible(PathwaysError):
    """The machine lacks the library that sets text for a PDF."""

    sentence = "error.no_pdf"
    status = 503


def make_pdf(html: str, *, variant: str = VARIANT) -> bytes:
    """Return the PDF of a whole page of HTML, which must have a language and a title. Nothing is fetched for it.

    `variant` is the kind of PDF: PDF/UA to read, `ARCHIVE` to keep. The same page gives the same bytes.
    Refuses with `PdfNotPossible` where the machine lacks what is needed.
    """
    try:
        import weasyprint  # noqa: PLC0415 - half a second and thirty megabytes, and few processes make documents
    except OSError as error:  # the Python package is there, but not Pango beneath it
        raise PdfNotPossible from error
    os.environ.setdefault("SOURCE_DATE_EPOCH", FONT_MOMENT)
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    fonts = weasyprint.text.fonts.FontConfiguration()
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    faces = weasyprint.CSS(string=face_rules(), url_fetcher=fetcher, font_config=fonts)
    made: bytes = document.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant=variant)
    return made
