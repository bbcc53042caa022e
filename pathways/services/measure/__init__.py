"""Measuring: what is measured, its values, and the lines that people freeze and set anew."""
