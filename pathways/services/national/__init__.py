"""What the region does with what the nation publishes, and what it gives back."""
