"""Delivers: how a message reaches a person. Knows messages and people's addresses, not pathways."""
