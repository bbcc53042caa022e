"""The same use cases from a shell, and the processes of one machine."""
