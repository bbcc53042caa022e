"""A frozen pack in words: the parts that page, PDF, Word and Excel are made of, and its files."""
