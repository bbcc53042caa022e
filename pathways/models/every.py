"""Loads every row class of the product, so that the metadata holds all tables and their foreign keys resolve."""

from notifications import tables as messages
from pathways.models import (
    access,
    administration,
    calendar,
    case_rows,
    catalogue,
    clockwork,
    document,
    draft,
    holding,
    introduction,
    meeting,
    national,
    organisation,
    pack,
    webhook,
)
from pathways.models.base import METADATA

MODULES = (
    access,
    administration,
    calendar,
    case_rows,
    catalogue,
    clockwork,
    document,
    draft,
    holding,
    introduction,
    meeting,
    messages,
    national,
    organisation,
    pack,
    webhook,
)

__all__ = ["METADATA", "MODULES"]
