"""What a builder hands over: the paper, and what is missing before it can be fixed."""

from collections.abc import Callable
from dataclasses import dataclass

from pathways.documents.paper import Paper
from pathways.errors import Problem
from pathways.storage.unit_of_work import Row, UnitOfWork

Missing = Problem


@dataclass(frozen=True, slots=True)
class Built:
    """A document as it would stand now."""

    paper: Paper
    missing: tuple[Missing, ...] = ()


Build = Callable[[UnitOfWork, Row], Built]
"""Makes a document anew from its row and the region's data, in the transaction at hand."""
