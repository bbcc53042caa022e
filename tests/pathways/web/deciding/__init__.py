"""Deciding items and keeping minutes, on their pages."""
