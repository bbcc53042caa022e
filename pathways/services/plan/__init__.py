"""The plan: activities, comment round, ranking, decision basis, submission and decision."""
