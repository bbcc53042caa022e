"""What exports need of the machine."""

from tests.pathways.documents.conftest import pango

__all__ = ["pango"]
