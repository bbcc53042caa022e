"""How rows are kept: databases, transactions, the log's chain and its fold. Knows no rule of the process."""
