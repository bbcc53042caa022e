"""What can be read: the board, one introduction, a worklist, what is due, and all of it as of an earlier moment.

Nothing here writes. Every statement is filtered by region, and the number of statements never follows the number of
rows. What was true at an earlier moment is told from the log alone.
"""
