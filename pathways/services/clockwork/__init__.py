"""What happens by the clock. Each function is told the time, does what is due, and may be called twice without harm."""
