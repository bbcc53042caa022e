"""Who takes part in an introduction."""
