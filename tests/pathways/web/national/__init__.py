"""Tests of the national pages and of the demand on units."""
