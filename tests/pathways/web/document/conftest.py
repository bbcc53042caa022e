"""What the pages of documents need of the machine: the setter of text, and a browser."""

from tests.browser import chromium, open_page
from tests.pathways.documents.conftest import pango

__all__ = ["chromium", "open_page", "pango"]
