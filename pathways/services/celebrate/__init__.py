"""The end of the way: the evaluation in five lines, lessons for the next pathway, and årets implementation."""
