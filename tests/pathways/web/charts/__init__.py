"""Tests of charts on pages."""
