"""Strict reading of data files: every value keeps its line, every fault is told with file, line, field."""
