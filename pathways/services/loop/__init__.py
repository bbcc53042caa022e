"""Learning loops, celebration and follow-ups."""
