"""Loads every row class of the product, so that the metadata holds all tables and their foreign keys resolve."""

from notifications import tables as messages
from pathways.models import (
    access,
    administration,
    case_rows,
    catalogue,
    clockwork,
    draft,
    holding,
    introduction,
    organisation,
    webhook,
)
from pathways.models.base import METADATA

MODULES = (
    access,
    administration,
    case_rows,
    catalogue,
    clockwork,
    draft,
    holding,
    introduction,
    messages,
    organisation,
    webhook,
)

__all__ = ["METADATA", "MODULES"]
