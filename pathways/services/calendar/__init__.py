"""Calendars that people subscribe to: what stands in them, kept up by the sweep."""
