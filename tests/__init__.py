"""Tests, arranged by room; each name is the sentence that it proves."""
