"""Packs: what a body is shown before a meeting, frozen for ever."""
