"""The log in forms that other programs read. Roles, bodies and units, never persons, and no free text."""
