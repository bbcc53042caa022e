"""Checks that nothing was lost, doubled or altered: chains, positions, and rows against the fold of the log."""

from pathways.services.verify.finding import Finding
from pathways.services.verify.run import verify

__all__ = ["Finding", "verify"]
