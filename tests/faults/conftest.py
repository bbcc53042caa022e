"""The furnished application of the services' tests."""

from tests.pathways.conftest import app, clock, either_app, furnished_file, furnished_postgres, postgres_app

__all__ = ["app", "clock", "either_app", "furnished_file", "furnished_postgres", "postgres_app"]
