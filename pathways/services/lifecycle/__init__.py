"""Start, pause, resume, stop, correct and migrate."""
