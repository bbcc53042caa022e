"""How rows are kept: the promises of the storage room."""
