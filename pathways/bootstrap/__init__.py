"""Wires the product together: settings, database, profiles, clock, and the one way to run a use case."""

from pathways.bootstrap.app import App, build_app

__all__ = ["App", "build_app"]
