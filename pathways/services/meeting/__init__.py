"""What bodies do at their meetings: agenda, attendance, deciding, minutes."""
