"""Judges series of values by published rules: pure statistics on the standard library; no words, no storage."""

from pathways.measurement.runs import RunAnalysis, analyse_runs
from pathways.measurement.xmr import XmrAnalysis, analyse_xmr

__all__ = ["RunAnalysis", "XmrAnalysis", "analyse_runs", "analyse_xmr"]
