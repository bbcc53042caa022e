"""The gap analysis: who is asked, what they answer, and when it is told."""
