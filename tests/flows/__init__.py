"""Tests of the clockwork; see `conftest` for the one real Prefect server they share."""
