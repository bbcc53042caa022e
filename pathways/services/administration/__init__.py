"""Use cases on the region itself, one a file; each leaves a row that says who changed what."""
