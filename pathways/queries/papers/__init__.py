"""Documents as papers, built from the data in a reader's words: one module for each kind, none of them writes."""
