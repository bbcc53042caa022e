"""Remembers introductions, decides use cases and lets people act; may call `states` and `notifications`."""
