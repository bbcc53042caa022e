"""Tests of documents from working paper to dispatched."""
