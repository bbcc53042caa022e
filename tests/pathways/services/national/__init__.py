"""Tests of what the region does with national versions, and of shared experience."""
