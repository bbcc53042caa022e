"""Tests of the room that remembers and decides."""
