"""The pages of meetings over the furnished region, and a browser."""

from tests.browser import chromium, open_page
from tests.pathways.documents.conftest import pango

__all__ = ["chromium", "open_page", "pango"]
