"""Tests of what can be read: board, introduction, worklist, due list, and all of it as of an earlier moment."""
