"""Before a change begins and after it: readiness, complexity, and the check whether it holds."""
