"""Deciding an item of a meeting: who may, what stands in the way, and the decision with all that follows from it."""
