"""Loads every row class of the product, so that the metadata holds all tables and their foreign keys resolve."""

from notifications import tables as messages
from pathways.models import case_rows, catalogue, clockwork, introduction, organisation
from pathways.models.base import METADATA

MODULES = (case_rows, catalogue, clockwork, introduction, messages, organisation)

__all__ = ["METADATA", "MODULES"]
