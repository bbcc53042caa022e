"""Tests of the pages of documents, reports and the Word template."""
