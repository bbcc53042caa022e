"""Tests of the makers of documents and pictures."""
