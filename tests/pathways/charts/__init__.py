"""Tests of the charts: drawn, told and tabled."""
